package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// Checkstyle's XML, which other linters write too.
final class CheckstyleReader implements KindReader {

    private static final String TOOL = "Checkstyle";

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        receiver.take(new Scanned(TOOL));
        xml.children(file -> {
            if (file.equals("file")) {
                var path = Text.bounded(xml.attribute("name"), Text.NAME);
                xml.children(error -> {
                    if (error.equals("error")) {
                        receiver.take(finding(xml, path));
                    }
                });
            }
        });
        xml.finish();
    }

    private static Finding finding(Xml xml, String path) {
        var source = Text.bounded(xml.attribute("source"), Text.NAME);
        var rule = source.substring(source.lastIndexOf('.') + 1);
        var says = Text.bounded(xml.attribute("message"), Text.SAYING);
        return new Finding(
                TOOL,
                rule,
                severity(xml.attribute("severity")),
                says,
                path,
                Text.line(xml.attribute("line")),
                Prints.of(TOOL, source, Paths.told(path), Text.unnumbered(says)),
                false,
                1);
    }

    private static Severity severity(String word) {
        return switch (word) {
            case "error" -> Severity.HIGH;
            case "info" -> Severity.LOW;
            case "ignore" -> Severity.INFO;
            default -> Severity.MEDIUM;
        };
    }
}
