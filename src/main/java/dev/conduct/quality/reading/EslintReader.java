package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// ESLint's JSON. Errors that a file counts and does not list are findings without a line: a report that was cut does
/// not look cleaner than the code.
final class EslintReader implements KindReader {

    private static final String TOOL = "ESLint";
    private static final int MOST_OF_A_FILE = 10_000;

    private static final class Message {
        private String rule = "";
        private String says = "";
        private boolean error;
        private boolean suppressed;
        private int line;
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        receiver.take(new Scanned(TOOL));
        json.elements(() -> file(json, receiver));
        json.finish();
    }

    private static void file(Json json, Receiver receiver) {
        var path = new String[] {""};
        var counted = new long[1];
        var messages = new ArrayList<Message>();
        json.members(name -> {
            switch (name) {
                case "filePath" -> path[0] = json.text(Text.NAME);
                case "messages" -> json.elements(() -> add(messages, json, false));
                case "suppressedMessages" -> json.elements(() -> add(messages, json, true));
                case "errorCount" -> counted[0] = Math.clamp(json.whole(), 0, MOST_OF_A_FILE);
                default -> {}
            }
        });
        messages.forEach(message -> receiver.take(finding(message, path[0])));
        var listed =
                messages.stream().filter(one -> one.error && !one.suppressed).count();
        for (var missing = listed; missing < counted[0]; missing++) {
            var message = new Message();
            message.rule = "not listed";
            message.says = "An error that the report counts and does not list.";
            message.error = true;
            receiver.take(finding(message, path[0]));
        }
    }

    private static void add(List<Message> messages, Json json, boolean suppressed) {
        var message = new Message();
        message.suppressed = suppressed;
        json.members(name -> {
            switch (name) {
                case "ruleId" -> message.rule = json.text(Text.NAME);
                case "message" -> message.says = json.text(Text.SAYING);
                case "severity" -> message.error = json.whole() == 2;
                case "line" -> message.line = (int) Math.clamp(json.whole(), 0, Integer.MAX_VALUE);
                default -> {}
            }
        });
        if (messages.size() >= MOST_OF_A_FILE) {
            throw Refusal.broken("it has more than " + MOST_OF_A_FILE + " messages of one file");
        }
        messages.add(message);
    }

    private static Finding finding(Message message, String path) {
        return new Finding(
                TOOL,
                message.rule,
                message.error ? Severity.HIGH : Severity.MEDIUM,
                message.says,
                path,
                message.line,
                Prints.of(TOOL, message.rule, Paths.told(path), Text.unnumbered(message.says)),
                message.suppressed,
                1);
    }
}
