package dev.parley.platform.grid.canary.business.column;

import java.net.Socket;

/** Does input and output. */
public record EntityThatOpensSockets(Socket socket) {}
