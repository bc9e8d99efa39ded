package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// TestNG's own format. Configuration methods are no cases; one that fails is trouble. A try that was repeated
/// (`retried`) is no case either: the last try is.
final class TestngReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        xml.children(suite -> {
            if (suite.equals("suite")) {
                xml.children(test -> {
                    if (test.equals("test")) {
                        xml.children(type -> {
                            if (type.equals("class")) {
                                type(xml, receiver);
                            }
                        });
                    }
                });
            }
        });
        xml.finish();
    }

    private static void type(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var suite = Text.bounded(xml.attribute("name"), Text.NAME);
        var retries = new int[1];
        xml.children(child -> {
            if (child.equals("test-method")) {
                if (xml.attribute("retried").equals("true")) {
                    retries[0]++;
                } else {
                    retries[0] = method(xml, suite, retries[0], receiver);
                }
            }
        });
    }

    private static int method(Xml xml, String suite, int retries, Receiver receiver)
            throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("name"), Text.NAME);
        var outcome = outcome(xml.attribute("status"));
        var took = Text.millis(Text.number(xml.attribute("duration-ms")));
        var config = xml.attribute("is-config").equals("true");
        var says = new StringBuilder();
        xml.children(child -> {
            if (child.equals("exception")) {
                var type = xml.attribute("class");
                xml.children(part -> {
                    if (part.equals("message")) {
                        says.append(type).append(": ").append(xml.text(Text.SAYING));
                    }
                });
                if (says.isEmpty()) {
                    says.append(type);
                }
            }
        });
        var saying = Text.bounded(says.toString(), Text.SAYING);
        if (config) {
            if (outcome == Outcome.FAILED) {
                receiver.take(new Trouble(suite + "." + name, saying.isEmpty() ? "Configuration failed." : saying));
            }
            return retries;
        }
        receiver.take(new TestCase(
                suite,
                name,
                outcome == Outcome.PASSED && retries > 0 ? Outcome.FLAKY : outcome,
                took,
                retries,
                saying));
        return 0;
    }

    private static Outcome outcome(String status) {
        return switch (status) {
            case "PASS" -> Outcome.PASSED;
            case "SKIP" -> Outcome.SKIPPED;
            default -> Outcome.FAILED;
        };
    }
}
