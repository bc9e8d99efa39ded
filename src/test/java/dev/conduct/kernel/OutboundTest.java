package dev.conduct.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
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
    void who_sends_a_byte_at_a_time_is_left_when_the_time_is_over() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var dripping = Thread.ofVirtual().start(() -> drip(server));

            assertThatThrownBy(() -> OutboundDoor.to("localhost")
                            .within(
                                    "GET",
                                    URI.create("http://localhost:" + server.getLocalPort() + "/"),
                                    Map.of(),
                                    new byte[0],
                                    Duration.ofMillis(300)))
                    .isInstanceOf(IOException.class);
            // It ends since nobody reads any more: without an end it would drip for ever.
            dripping.join();
        }
    }

    private static void drip(ServerSocket server) {
        try (var one = server.accept()) {
            var out = one.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write('a');
                out.flush();
                java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
            }
        } catch (IOException left) {
            // As it should be.
        }
    }

    @Test
    void a_name_is_not_waited_for_longer_than_said() {
        var never = new CountDownLatch(1);
        try {
            assertThatThrownBy(() -> Names.find("slow.example", Duration.ofMillis(50), _ -> {
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return new InetAddress[0];
                    }))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("slow.example was not looked up within 50 ms");
        } finally {
            never.countDown();
        }
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
