package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/// Databases, names, ports and health that really answer, and documents whose calls do.
@ConductTest(properties = {"test.alone=ChecksTest", "conduct.outbound.allow=localhost", "conduct.scheduling=false"})
class ProbesTest {

    private final Environment environment;
    private final Checking at;

    ProbesTest(ApplicationContext context) {
        this.at = new Checking(context);
        this.environment = context.getEnvironment();
    }

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void a_database_is_asked_planned_and_left_as_it_was() {
        var step = asking();
        at.checks.write(
                at.product,
                "database",
                at.flow(step
                        + step + "    sql: select count(*) from work.product where key = '" + at.product + "'\n"
                        + "    expect: {rows: 1, value: 1}\n"
                        + step + "    do: roll_back\n"
                        + "    sql: insert into work.product (key, name, created_at) values ('ZZ9', 'z', now()) returning key\n"
                        + "    expect: {rows: 1}\n"
                        + step
                        + "    do: explain\n    sql: select * from work.product where key = 'A'\n    expect: {cost: 1000}\n"
                        + step + "    sql: delete from work.product\n"),
                null,
                Checking.QA);

        var run = at.done("database");

        assertThat(run.steps())
                .extracting(Outcome::says)
                .satisfiesExactly(
                        says -> assertThat(says).startsWith("Connected to PostgreSQL"),
                        says -> assertThat(says).isEqualTo("Says 1."),
                        says -> assertThat(says).isEqualTo("Wrote 1 rows and took them back."),
                        says -> assertThat(says).startsWith("The planner expects a cost of"),
                        says -> assertThat(says).contains("read-only transaction"));
        assertThat(at.database
                        .sql("select count(*) from work.product where key = 'ZZ9'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void rows_are_counted_and_summed_up_and_a_copy_is_held_against_them() {
        var rows = asking()
                + "    sql: select n, case n when %d then null else 'a' end from generate_series(1, 3) n order by n\n";
        var first = rows.formatted(2) + "    keep: {sum: checksum, many: rows}\n";
        at.checks.write(
                at.product,
                "copy",
                at.flow(first
                        + rows.formatted(2).replace("by n", "by n desc")
                        + "    expect: {checksum: \"${sum}\", rows: 3}\n"
                        + asking() + "    sql: select 3\n    expect: {value: \"${many}\"}\n"
                        + asking() + "    sql: select timestamptz '2026-01-02 03:04:05+02', interval '1 day 2 hours'\n"
                        + "    keep: {written: checksum}\n"
                        + asking() + "    sql: select '2026-01-02 01:04:05+00', 'P1DT2H'\n"
                        + "    expect: {checksum: \"${written}\"}\n"),
                null,
                Checking.QA);
        at.checks.write(
                at.product,
                "other",
                at.flow(first + rows.formatted(3) + "    expect: {checksum: \"${sum}\"}\n"),
                null,
                Checking.QA);
        at.checks.write(
                at.product,
                "told",
                at.flow(rows.formatted(2) + "    expect: {checksum: " + "0".repeat(64) + "}\n"),
                null,
                Checking.QA);

        assertThat(at.done("copy").state()).isEqualTo("passed");
        assertThat(at.done("other").steps().getLast().says()).contains("Gave 3 rows with the checksum", "expected");
        assertThat(at.done("told").steps().getLast().says()).containsPattern("checksum [0-9a-f]{64}, expected 0{64}");
        var wrong = at.flow(asking() + "    keep: {sum: size}\n    expect: {checksum: x}\n");
        assertThatThrownBy(() -> at.checks.write(at.product, "wrong", wrong, null, Checking.QA))
                .isInstanceOfSatisfying(
                        Problem.class,
                        refused -> assertThat(refused.errors())
                                .extracting(FieldProblem::says)
                                .anyMatch(says -> says.contains("one of rows, value, checksum"))
                                .anyMatch(says -> says.contains("64 hexadecimal digits")));
    }

    private String asking() {
        var where = String.valueOf(environment.getProperty("conduct.db.url"))
                .replaceFirst("jdbc:postgresql://[^:/]+", "postgresql://localhost")
                .replaceFirst("\\?.*", "");
        at.secrets.write(
                at.product, "DB", "localhost", environment.getProperty("conduct.db.app.password", ""), Checking.QA);
        return "  - database: " + where + "\n    user: " + environment.getProperty("conduct.db.app.user")
                + "\n    password: ${secret.DB}\n";
    }

    @Test
    void names_ports_and_health_over_grpc() throws Exception {
        var serving = new AtomicInteger(1);
        var server = health(serving);
        try {
            at.checks.write(at.product, "network", """
                    title: The network is there
                    environment: staging
                    steps:
                      - dns: localhost
                        expect: {addresses: 127.0.0.1}
                      - tcp: localhost:%1$d
                      - grpc: localhost:%1$d
                        service: orders.v1.Orders
                        plain: true
                    """.formatted(server.getPort()), null, Checking.QA);

            assertThat(at.done("network").state()).isEqualTo("passed");
            serving.set(2);
            assertThat(at.done("network").steps().getLast().says()).isEqualTo("orders.v1.Orders is not serving.");
        } finally {
            server.shutdownNow();
        }
        assertThat(at.done("network").steps().get(1).says()).startsWith("No answer:");
    }

    @Test
    void calls_of_an_openapi_document_and_of_a_postman_collection_are_made() {
        var api = """
                openapi: 3.0.3
                info: {title: Shop API, version: '1'}
                servers: [{url: '%s'}]
                components:
                  securitySchemes: {bearer: {type: http, scheme: bearer}}
                paths:
                  /version:
                    get:
                      summary: What runs
                      responses:
                        '200':
                          description: It
                          content:
                            application/json:
                              schema: {type: object, required: [commit], properties: {build: {type: integer}}}
                  /orders:
                    get:
                      summary: All orders
                      security: [{bearer: []}]
                      responses: {'200': {description: They}}
                """.formatted(at.shop.address());
        var collection = """
                {"info":{"name":"Smoke","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                 "variable":[{"key":"base","value":"%s"}],
                 "item":[
                   {"name":"Sign in","request":{"method":"POST","url":{"raw":"{{base}}/login"},
                     "body":{"mode":"raw","raw":"{\\"password\\":\\"{{password}}\\"}"}},
                    "event":[{"listen":"test","script":{"exec":[
                      "pm.test('ok', () => pm.response.to.have.status(200));",
                      "pm.environment.set('token', pm.response.json().token);"]}}]},
                   {"name":"Orders","request":{"method":"GET","url":"{{base}}/orders",
                     "header":[{"key":"Authorization","value":"Bearer {{token}}"}]}}]}
                """.formatted(at.shop.address());
        at.secrets.write(at.product, "TOKEN", "localhost", Shop.TOKEN, Checking.QA);
        at.secrets.write(at.product, "PASSWORD", "localhost", Shop.PASSWORD, Checking.QA);
        drafted("api", api);
        drafted("smoke", collection);

        var described = at.done("api");
        assertThat(described.state()).as("" + described.steps()).isEqualTo("passed");
        assertThat(described.steps())
                .extracting(Outcome::name)
                .contains("What runs", "Without credentials: All orders", "All orders");
        var collected = at.done("smoke");
        assertThat(collected.state()).as("" + collected.steps()).isEqualTo("passed");
        assertThat(collected.steps()).extracting(Outcome::name).containsExactly("Sign in", "Orders");
    }

    private void drafted(String name, String document) {
        var draft = Drafts.of(document.getBytes(StandardCharsets.UTF_8));
        at.checks.write(at.product, name, draft.definition(), null, Checking.QA);
    }

    private static Server health(AtomicInteger serving) throws java.io.IOException {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        var check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(bytes)
                .setResponseMarshaller(bytes)
                .build();
        var service = ServerServiceDefinition.builder("grpc.health.v1.Health")
                .addMethod(check, ServerCalls.asyncUnaryCall((_, answer) -> {
                    answer.onNext(new byte[] {0x08, (byte) serving.get()});
                    answer.onCompleted();
                }))
                .build();
        return OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(service)
                .build()
                .start();
    }
}
