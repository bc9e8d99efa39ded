package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Results of Visual Studio's test platform. The rows of a data-driven test count as the one test they belong to. A
/// result without an outcome is an error: the platform leaves that word out.
final class TrxReader implements KindReader {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6}):(\\d{2}):(\\d{2}(?:\\.\\d{1,9})?)");

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        xml.children(child -> {
            if (child.equals("Results")) {
                xml.children(result -> {
                    if (result.endsWith("Result")) {
                        result(xml, receiver);
                    }
                });
            } else if (child.equals("ResultSummary")) {
                summary(xml, receiver);
            }
        });
        xml.finish();
    }

    private static void result(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("testName"), Text.NAME);
        var took = span(xml.attribute("duration"));
        var outcome = outcome(xml.attribute("outcome"));
        var says = new StringBuilder();
        xml.children(output -> {
            if (output.equals("Output")) {
                xml.children(error -> {
                    if (error.equals("ErrorInfo")) {
                        xml.children(part -> {
                            if (part.equals("Message") || part.equals("StackTrace")) {
                                says.append(says.isEmpty() ? "" : "\n").append(xml.text(Text.SAYING));
                            }
                        });
                    }
                });
            }
        });
        receiver.take(new TestCase("", name, outcome, took, 0, Text.bounded(says.toString(), Text.SAYING)));
    }

    private static void summary(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        xml.children(infos -> {
            if (infos.equals("RunInfos")) {
                xml.children(info -> {
                    if (xml.attribute("outcome").equals("Error")) {
                        xml.children(text -> receiver.take(new Trouble("run", xml.text(Text.SAYING))));
                    }
                });
            }
        });
    }

    private static Outcome outcome(String word) {
        return switch (word) {
            case "Passed" -> Outcome.PASSED;
            case "Failed" -> Outcome.FAILED;
            case "", "Error", "Timeout", "Aborted", "PassedButRunAborted", "Disconnected" -> Outcome.ERRORED;
            default -> Outcome.SKIPPED;
        };
    }

    private static @Nullable Duration span(String text) {
        var span = SPAN.matcher(text);
        return span.matches()
                ? Duration.ofHours(Long.parseLong(span.group(1)))
                        .plusMinutes(Long.parseLong(span.group(2)))
                        .plusNanos(Math.round(Double.parseDouble(span.group(3)) * 1e9))
                : null;
    }
}
