package dev.parley.testing.deployment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A name server (RFC 1035) to which the names that it knows are this machine, as Docker's is. */
final class NameServer implements AutoCloseable {
    private static final int HEADER = 12;
    private static final short FOUND = (short) 0x8180;
    private static final short NO_SUCH_NAME = (short) 0x8183;

    private final DatagramSocket socket;
    private final Set<String> names;

    NameServer(Set<String> names) {
        this.names = Set.copyOf(names);
        try {
            this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::answerAll);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void answerAll() {
        byte[] question = new byte[512];
        while (!socket.isClosed()) {
            DatagramPacket asked = new DatagramPacket(question, question.length);
            try {
                socket.receive(asked);
                byte[] answer = answer(ByteBuffer.wrap(question, 0, asked.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, asked.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private byte[] answer(ByteBuffer question) {
        StringBuilder name = new StringBuilder();
        int end = HEADER;
        while (question.get(end) != 0) {
            byte[] label = new byte[question.get(end)];
            question.get(end + 1, label);
            name.append('.').append(new String(label, StandardCharsets.US_ASCII));
            end += label.length + 1;
        }
        byte[] asked = new byte[end + 5 - HEADER];
        question.get(HEADER, asked);
        boolean known = names.contains(name.substring(1));
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.putShort(question.getShort(0)).putShort(known ? FOUND : NO_SUCH_NAME);
        answer.putShort((short) 1).putShort((short) (known ? 1 : 0)).putInt(0).put(asked);
        if (known) {
            // The name of the question, an address of the internet, for a second, of four bytes.
            answer.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1);
            answer.putInt(1).putShort((short) 4).put(new byte[] {127, 0, 0, 1});
        }
        byte[] bytes = new byte[answer.position()];
        answer.get(0, bytes);
        return bytes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
