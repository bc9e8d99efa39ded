package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.stream.XMLStreamException;

/// NUnit 3 (`test-run`) and NUnit 2 (`test-results`, older files with `executed` and `success` only). Inconclusive and
/// not runnable cases were not tested: skipped.
final class NunitReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        level(xml, "", receiver);
        xml.finish();
    }

    private static void level(Xml xml, String suite, Receiver receiver) throws IOException, XMLStreamException {
        xml.children(child -> {
            switch (child) {
                case "test-suite" -> level(xml, Text.bounded(name(xml), Text.NAME), receiver);
                case "results" -> level(xml, suite, receiver);
                case "test-case" -> testCase(xml, suite, receiver);
                default -> {}
            }
        });
    }

    private static String name(Xml xml) {
        return xml.has("fullname") ? xml.attribute("fullname") : xml.attribute("name");
    }

    private static void testCase(Xml xml, String suite, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(name(xml), Text.NAME);
        var type = Text.bounded(xml.attribute("classname"), Text.NAME);
        var took = Text.seconds(xml.has("duration") ? xml.attribute("duration") : xml.attribute("time"));
        var result = xml.attribute("result").toLowerCase(Locale.ROOT);
        var executed = xml.attribute("executed").toLowerCase(Locale.ROOT);
        var success = xml.attribute("success").toLowerCase(Locale.ROOT);
        var broken = new boolean[1];
        var says = new AtomicReference<>("");
        xml.children(child -> {
            if (child.equals("failure") || child.equals("reason")) {
                broken[0] |= child.equals("failure");
                xml.children(part -> {
                    if (part.equals("message")) {
                        says.set(xml.text(Text.SAYING));
                    }
                });
            }
        });
        var outcome = result.isEmpty() ? older(executed, success, broken[0]) : outcome(result);
        receiver.take(new TestCase(type.isEmpty() ? suite : type, name, outcome, took, 0, says.get()));
    }

    private static Outcome outcome(String result) {
        return switch (result) {
            case "passed", "success", "warning" -> Outcome.PASSED;
            case "failed", "failure" -> Outcome.FAILED;
            case "error", "cancelled" -> Outcome.ERRORED;
            default -> Outcome.SKIPPED;
        };
    }

    private static Outcome older(String executed, String success, boolean broken) {
        if (executed.equals("false")) {
            return Outcome.SKIPPED;
        }
        return broken || success.equals("false") ? Outcome.FAILED : Outcome.PASSED;
    }
}
