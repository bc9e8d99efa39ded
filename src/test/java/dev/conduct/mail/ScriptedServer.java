package dev.conduct.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server that refuses: for good whoever is called nobody, for now whoever is called later. It can encrypt
/// nothing, and keeps every line it was sent.
final class ScriptedServer implements AutoCloseable {

    private final ServerSocket socket;
    final List<String> lines = new CopyOnWriteArrayList<>();

    ScriptedServer() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                converse(client);
            } catch (IOException closed) {
                // The test is over, or the client went.
            }
        }
    }

    private void converse(Socket client) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        say(client, "220 scripted");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            say(client, answer(line));
        }
    }

    private static String answer(String line) {
        if (line.startsWith("RCPT TO:<nobody")) {
            return "550 5.1.1 nobody lives here";
        }
        return line.startsWith("RCPT TO:<later") ? "451 4.2.1 come back later" : "250 ok";
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        client.getOutputStream().flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
