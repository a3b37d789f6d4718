package dev.parley.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** Requests that an HTTP client library would not send. */
final class RawHttp {
    private RawHttp() {}

    /** Posts an empty object from one of this machine's addresses; gives the status. */
    static int postFrom(String localAddress, String path, String forwardedFor) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(localAddress), 0));
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port),
                    2000);
            String request =
                    "POST "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: "
                            + forwardedFor
                            + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                            + "Connection: close\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            return Integer.parseInt(answer.readLine().split(" ", 3)[1]);
        }
    }
}
