package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// PMD's XML. What it says it could not read is a finding too: nobody knows what is in that file.
final class PmdReader implements KindReader {

    private static final String TOOL = "PMD";

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        receiver.take(new Scanned(TOOL));
        xml.children(child -> {
            switch (child) {
                case "file" -> {
                    var path = Text.bounded(xml.attribute("name"), Text.NAME);
                    xml.children(violation -> {
                        if (violation.equals("violation")) {
                            receiver.take(violation(xml, path));
                        }
                    });
                }
                case "suppressedviolation" -> receiver.take(suppressed(xml));
                case "error" -> receiver.take(unread(xml));
                default -> {}
            }
        });
        xml.finish();
    }

    private static Finding violation(Xml xml, String path) throws XMLStreamException {
        var rule = Text.bounded(xml.attribute("rule"), Text.NAME);
        var severity = severity(xml.attribute("priority"));
        var line = Text.line(xml.attribute("beginline"));
        var scope = xml.attribute("class") + "." + xml.attribute("method");
        var says = xml.text(Text.SAYING);
        return new Finding(
                TOOL,
                rule,
                severity,
                says,
                path,
                line,
                Prints.of(TOOL, rule, Paths.told(path), scope, Text.unnumbered(says)),
                false,
                1);
    }

    private static Finding suppressed(Xml xml) {
        var path = Text.bounded(xml.attribute("filename"), Text.NAME);
        var says = Text.bounded(xml.attribute("msg"), Text.SAYING);
        return new Finding(
                TOOL, "", Severity.MEDIUM, says, path, 0, Prints.of(TOOL, "suppressed", path, says), true, 1);
    }

    private static Finding unread(Xml xml) {
        var path = Text.bounded(xml.attribute("filename"), Text.NAME);
        return new Finding(
                TOOL,
                "not read",
                Severity.MEDIUM,
                Text.bounded(xml.attribute("msg"), Text.SAYING),
                path,
                0,
                Prints.of(TOOL, "not read", Paths.told(path)),
                false,
                1);
    }

    private static Severity severity(String priority) {
        return switch (priority) {
            case "1", "2" -> Severity.HIGH;
            case "4", "5" -> Severity.LOW;
            default -> Severity.MEDIUM;
        };
    }
}
