package dev.parley.platform.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name; blocks. */
@FunctionalInterface
interface AddressResolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
