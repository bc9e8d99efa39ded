package dev.conduct.checks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/// Sockets that connect to one address whatever the name they are given leads to: a client that looks the name up by
/// itself ends where it was checked.
public final class PinnedSockets extends SocketFactory {

    private final InetAddress address;

    /// @param address as digits; as the driver of PostgreSQL passes it on
    public PinnedSockets(String address) throws IOException {
        this.address = InetAddress.ofLiteral(address);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public void connect(SocketAddress endpoint, int timeout) throws IOException {
                super.connect(new InetSocketAddress(address, ((InetSocketAddress) endpoint).getPort()), timeout);
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(address, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(address, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(address, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(address, port, localHost, localPort);
    }
}
