package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Outcome;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.TestCase;
import dev.conduct.quality.reading.Measurement.Trouble;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// JUnit XML as its many producers write it. A case counts once: error before failure before skipped before flaky
/// before passed. Only elements count, never attributes such as `failure="false"`.
final class JunitReader implements KindReader {

    private static final class Suite {
        private boolean nested;
        private long bad;
    }

    private static final class Result {
        private Outcome outcome = Outcome.PASSED;
        private int retries;
        private String says = "";

        private void is(Outcome worse, String why) {
            if (weight(worse) > weight(outcome)) {
                outcome = worse;
                says = why;
            }
        }

        private static int weight(Outcome outcome) {
            return switch (outcome) {
                case PASSED -> 0;
                case FLAKY -> 1;
                case SKIPPED -> 2;
                case FAILED -> 3;
                case ERRORED -> 4;
            };
        }
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        if (xml.name().equals("testsuite")) {
            suite(xml, receiver);
        } else {
            xml.children(name -> {
                if (name.equals("testsuite")) {
                    suite(xml, receiver);
                } else if (name.equals("testcase")) {
                    testCase(xml, "", receiver);
                }
            });
        }
        xml.finish();
    }

    /// What a suite without suites in it declares as broken and does not list went wrong outside its cases.
    private static void suite(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("name"), Text.NAME);
        var declared = Text.whole(xml.attribute("failures")) + Text.whole(xml.attribute("errors"));
        var suite = new Suite();
        xml.children(child -> {
            if (child.equals("testsuite")) {
                suite.nested = true;
                suite(xml, receiver);
            } else if (child.equals("testcase")) {
                var outcome = testCase(xml, name, receiver);
                suite.bad += outcome == Outcome.FAILED || outcome == Outcome.ERRORED ? 1 : 0;
            }
        });
        if (!suite.nested && declared > 0 && suite.bad == 0) {
            receiver.take(new Trouble(
                    name, "The suite declares " + declared + " failures or errors and lists no case that shows them."));
        }
    }

    private static Outcome testCase(Xml xml, String suite, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("name"), Text.NAME);
        var type = Text.bounded(xml.attribute("classname"), Text.NAME);
        var took = Text.seconds(xml.attribute("time"));
        var result = new Result();
        if (xml.attribute("status").equals("notrun") || xml.attribute("result").equals("suppressed")) {
            result.is(Outcome.SKIPPED, "");
        }
        xml.children(child -> look(xml, child, result));
        receiver.take(
                new TestCase(type.isEmpty() ? suite : type, name, result.outcome, took, result.retries, result.says));
        return result.outcome;
    }

    private static void look(Xml xml, String child, Result result) throws XMLStreamException {
        switch (child) {
            case "error" -> result.is(Outcome.ERRORED, saying(xml));
            case "failure" -> result.is(Outcome.FAILED, saying(xml));
            case "skipped" -> result.is(Outcome.SKIPPED, saying(xml));
            case "flakyFailure", "flakyError" -> {
                result.retries++;
                result.is(Outcome.FLAKY, saying(xml));
            }
            case "rerunFailure", "rerunError", "rerun" -> result.retries++;
            default -> {}
        }
    }

    private static String saying(Xml xml) throws XMLStreamException {
        var message = xml.attribute("message");
        var text = xml.text(Text.SAYING);
        if (text.isEmpty() || text.startsWith(message)) {
            return Text.bounded(text.isEmpty() ? message : text, Text.SAYING);
        }
        return Text.bounded(message.isEmpty() ? text : message + "\n" + text, Text.SAYING);
    }
}
