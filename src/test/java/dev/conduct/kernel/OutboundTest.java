package dev.conduct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Abuse case 21 of the security rules: no address that somebody writes leads this server into its own network. All
/// requests to elsewhere go by this door.
class OutboundTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.1/",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://localhost/",
                "http://0.0.0.0/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[fe80::1]/",
                "http://[fc00::1]/",
                "http://10.0.0.1/",
                "http://172.16.0.1/",
                "http://192.168.1.1/",
                "http://100.64.0.1/",
                "http://169.254.169.254/latest/meta-data/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://somebody:secret@example.com/",
                "file:///etc/passwd",
                "gopher://127.0.0.1/",
                "ftp://127.0.0.1/"
            })
    void case_21_an_address_of_this_network_or_of_no_web_is_never_asked(String address) {
        assertThatThrownBy(() -> OutboundDoor.to("").post(URI.create(address), "text/plain", new byte[0], PATIENCE))
                .isInstanceOfAny(Outbound.Refused.class, java.net.UnknownHostException.class);
    }

    @Test
    void case_21_a_redirect_is_not_followed() throws IOException {
        var reached = new AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var port = server.getAddress().getPort();
        server.createContext("/first", exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port + "/inside");
            exchange.sendResponseHeaders(307, -1);
            exchange.close();
        });
        server.createContext("/inside", exchange -> {
            reached.incrementAndGet();
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            var answer = OutboundDoor.to("127.0.0.1")
                    .post(URI.create("http://127.0.0.1:" + port + "/first"), "text/plain", new byte[0], PATIENCE);

            assertThat(answer.status()).isEqualTo(307);
            assertThat(reached).hasValue(0);
        } finally {
            server.stop(0);
        }
    }
}
