package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.testing.Programs;
import dev.conduct.work.Products;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.json.JsonMapper;

/// What `./conduct upload` sends, to a server that runs.
@ConductTest
class ReportSenderTest {

    private static final String COMMIT = "5e1d0a77b0c4d2e8a1f6b93d5072c4ee81a0b6aa";
    private static final JsonMapper JSON = new JsonMapper();

    private final Clients clients;
    private final Products products;
    private final Programs programs;
    private final URI base;
    private final StringWriter out = new StringWriter();
    private final StringWriter words = new StringWriter();

    ReportSenderTest(Clients clients, Products products, @LocalServerPort int port) {
        this.clients = clients;
        this.products = products;
        this.programs = new Programs(clients, port);
        this.base = URI.create("http://localhost:" + port);
    }

    @Test
    void reports_are_sent_with_what_came_beside_them_and_what_is_refused_is_said(@TempDir Path folder)
            throws IOException, InterruptedException {
        products.create("SENT", "Sent", new Actor("system:test", "Test", Set.of("administrator"), "api"));
        var key = clients.create("reports sent", Set.of("developer"), "system:test", "api");
        var picture = Files.write(
                Files.createDirectory(folder.resolve("run=7")).resolve("checkout.png"),
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        var log = Files.writeString(folder.resolve("server.log"), "started\nstopped\n");
        var notOne = Files.writeString(folder.resolve("junit.xml"), "hello");
        var fixture = Path.of("src/test/resources/quality/junit.xml");
        var binding = new ReportSender.Binding("SENT", COMMIT, "main", "17", "", List.of("payments"));
        var sender = new ReportSender(base, new PrintWriter(out), new PrintWriter(words));
        var attached = List.of(
                ReportSender.Attached.of("shop.CartTest#removes=" + picture),
                ReportSender.Attached.of(log.toString()),
                ReportSender.Attached.of("shop.CartTest#flies=" + log));

        assertThat(sender.send(key.clientId(), key.clientSecret(), List.of(fixture, notOne), binding, attached))
                .isFalse();

        var report = JSON.readTree(out.toString());
        assertThat(report.get("mocked").get(0).asString()).isEqualTo("payments");
        assertThat(words.toString()).contains("junit.xml: ", "plain text", "server.log: ", "is no test of this run");
        var list = "/api/v1/reports/" + report.get("id").asString() + "/attachments";
        var kept = programs.get("support", list).json();
        assertThat(kept.findValuesAsString("name")).containsExactlyInAnyOrder("checkout.png", "server.log");
        for (var file : kept) {
            var shown = file.get("name").asString().equals("checkout.png");
            assertThat(file.get("media_type").asString()).isEqualTo(shown ? "image/png" : "text/plain");
            assertThat(file.get("test").asString()).isEqualTo(shown ? "shop.CartTest#removes" : "");
            assertThat(programs.get("support", file.get("href").asString()).text())
                    .contains(shown ? "PNG" : "started\nstopped\n");
        }
        assertThat(programs.get("customer", list).status()).isIn(403, 404);

        assertThat(sender.send(key.clientId(), key.clientSecret(), List.of(fixture), binding, attached.subList(0, 2)))
                .as("all of it again")
                .isTrue();
        assertThat(programs.get("support", list).json()).hasSize(2);
        assertThat(sender.send("nobody", "nothing", List.of(fixture), binding, List.of()))
                .isFalse();
    }
}
