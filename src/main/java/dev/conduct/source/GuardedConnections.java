package dev.conduct.source;

import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Lets git speak HTTP through the one door for requests to elsewhere, which knows private addresses and follows no
/// redirect.
@Component
class GuardedConnections implements HttpConnectionFactory {

    private final Outbound outbound;

    GuardedConnections(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public HttpConnection create(URL url) throws IOException {
        return new GuardedConnection(outbound, url);
    }

    @Override
    public HttpConnection create(URL url, @Nullable Proxy proxy) throws IOException {
        return create(url);
    }
}
