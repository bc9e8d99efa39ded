package dev.conduct.checks;

import dev.conduct.kernel.Outbound;
import dev.conduct.kernel.OutboundStream;
import dev.conduct.mocks.StandIns;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One call over HTTP: its status, headers, body by JSON pointer, words or schema, and what later steps need of it.
@Component
class HttpProbe implements Probe<Step.Http> {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MOST = 1024 * 1024;
    private static final int SHOWN = 200;

    private final Outbound outbound;

    HttpProbe(Outbound outbound) {
        this.outbound = outbound;
    }

    /// An answer, read whole.
    private record Answer(int status, java.util.Map<String, String> headers, String body) {}

    @Override
    public String look(Step.Http step, Values values) throws Failed, IOException {
        var address = address(values.fill(step.address()));
        var host = address.getHost() == null ? "" : address.getHost();
        var headers = new LinkedHashMap<>(values.fill(step.headers(), host));
        if (!step.body().isEmpty() && headers.keySet().stream().noneMatch("content-type"::equalsIgnoreCase)) {
            headers.put("Content-Type", "application/json");
        }
        var body = values.fill(step.body(), host).getBytes(StandardCharsets.UTF_8);
        guard(step, address, values);
        var mock = StandIns.token(address);
        if (!mock.isEmpty()) {
            values.called(mock);
        }
        var answer = ask(step, address, headers, body);
        var wrong = wrong(step.expect(), answer, values.secret());
        if (!wrong.isEmpty()) {
            throw new Failed(String.join(" ", wrong));
        }
        if (!step.keep().isEmpty()) {
            keep(step, values, answer);
        }
        return "Answered " + answer.status() + (mock.isEmpty() ? "." : " by a mock.");
    }

    /// The answer as JSON, for what runs there.
    JsonNode json(Step.Http step, Values values) throws Failed, IOException {
        var address = address(values.fill(step.address()));
        var host = address.getHost() == null ? "" : address.getHost();
        var headers = values.fill(step.headers(), host);
        guard(step, address, values);
        var answer = ask(step, address, headers, new byte[0]);
        if (answer.status() / 100 != 2) {
            throw new Failed("The call for the build answered " + answer.status() + ".");
        }
        return parsed(answer);
    }

    /// Nothing that is secret leaves for where it is not meant to go, or in the clear.
    private static void guard(Step.Http step, URI address, Values values) throws Failed {
        var host = address.getHost() == null ? "" : address.getHost();
        values.meantFor(host);
        if (values.secret() && "http".equals(address.getScheme()) && !step.plain() && !here(host)) {
            throw new Failed("A secret would be sent to " + host
                    + " in the clear. Use https, or write plain: true when it is meant.");
        }
    }

    /// What is sent to this very computer crosses no network.
    static boolean here(String host) {
        return host.equalsIgnoreCase("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    private static URI address(String text) throws Failed {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException notOne) {
            throw new Failed(text + " is not an address.");
        }
    }

    private Answer ask(Step.Http step, URI address, java.util.Map<String, String> headers, byte[] body)
            throws IOException {
        var end = System.nanoTime() + step.timeout().toNanos();
        try (var stream = outbound.within(step.method(), address, headers, body, step.timeout())) {
            var bodiless = step.method().equals("HEAD") || stream.status() == 304;
            return new Answer(stream.status(), stream.headers(), bodiless ? "" : read(stream));
        } catch (IOException broken) {
            if (System.nanoTime() >= end) {
                throw new SocketTimeoutException(
                        "the answer took longer than " + step.timeout().toMillis() + " ms");
            }
            throw broken;
        }
    }

    private static String read(OutboundStream stream) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var buffer = new byte[16 * 1024];
        for (var read = stream.body().read(buffer);
                read >= 0;
                read = stream.body().read(buffer)) {
            bytes.write(buffer, 0, read);
            if (bytes.size() > MOST) {
                throw new IOException("the answer is longer than " + MOST + " bytes");
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /// @param shy whether the request carried a secret, so that texts of the answer are not told
    private static List<String> wrong(Step.Answer expect, Answer answer, boolean shy) throws Failed {
        var wrong = new ArrayList<String>();
        var statusRight = expect.status().isEmpty()
                ? answer.status() / 100 == 2
                : expect.status().contains(answer.status());
        if (!statusRight) {
            wrong.add("Answered " + answer.status() + ", expected "
                    + (expect.status().isEmpty() ? "200 to 299" : words(expect)) + ".");
        }
        expect.headers().forEach((name, value) -> {
            var found = answer.headers().get(name.toLowerCase(Locale.ROOT));
            if (found == null || !found.contains(value)) {
                wrong.add("The header " + name + " is " + (found == null ? "not there" : shown(found, shy))
                        + ", expected " + value + ".");
            }
        });
        expect.contains().stream()
                .filter(words -> !answer.body().contains(words))
                .forEach(words -> wrong.add("The body does not hold " + shown(words, false) + "."));
        if (!expect.values().isEmpty()) {
            var body = parsed(answer);
            expect.values().forEach((pointer, value) -> compare(pointer, value, body.at(pointer), shy, wrong));
        }
        if (!expect.schema().isEmpty()) {
            var _ = parsed(answer);
            Schemas.broken(expect.schema(), answer.body()).forEach(says -> wrong.add("Schema: " + says + "."));
        }
        return wrong;
    }

    private static String words(Step.Answer expect) {
        return expect.status().stream()
                .sorted()
                .map(String::valueOf)
                .reduce((one, two) -> one + " or " + two)
                .orElse("");
    }

    private static void compare(String pointer, Object expected, JsonNode found, boolean shy, List<String> wrong) {
        if (expected.equals(Step.Answer.PRESENT)) {
            if (found.isMissingNode() || found.isNull()) {
                wrong.add(pointer + " is not there.");
            }
        } else if (expected.equals(Step.Answer.ABSENT)) {
            if (!found.isMissingNode() && !found.isNull()) {
                wrong.add(pointer + " is there: " + shown(found, shy) + ".");
            }
        } else if (found.isMissingNode() || !text(found).equals(String.valueOf(expected))) {
            wrong.add(pointer + " is " + (found.isMissingNode() ? "not there" : shown(found, shy)) + ", expected "
                    + expected + ".");
        }
    }

    private static String text(JsonNode node) {
        return node.isString() ? node.stringValue() : node.toString();
    }

    private static void keep(Step.Http step, Values values, Answer answer) throws Failed {
        var body = parsed(answer);
        for (var kept : step.keep().entrySet()) {
            var found = body.at(kept.getValue());
            if (found.isMissingNode() || found.isNull()) {
                throw new Failed(kept.getValue() + " is not there, so ${" + kept.getKey() + "} has no value.");
            }
            values.keep(kept.getKey(), text(found));
        }
    }

    private static JsonNode parsed(Answer answer) throws Failed {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException notJson) {
            throw new Failed("The body is not JSON: " + answer.body().length() + " characters of "
                    + answer.headers().getOrDefault("content-type", "no type") + ".");
        }
    }

    /// Numbers and truths are told in any case.
    private static String shown(JsonNode found, boolean shy) {
        return shown(text(found), shy && !found.isNumber() && !found.isBoolean() && !found.isNull());
    }

    private static String shown(String text, boolean shy) {
        if (shy) {
            return "a text of " + text.length() + " characters";
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
