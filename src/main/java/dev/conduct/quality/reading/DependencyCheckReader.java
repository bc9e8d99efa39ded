package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// OWASP Dependency-Check's XML: the vulnerabilities of each dependency, suppressed ones too.
final class DependencyCheckReader implements KindReader {

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        xml.children(child -> {
            if (child.equals("dependencies")) {
                xml.children(dependency -> {
                    if (dependency.equals("dependency")) {
                        dependency(xml, receiver);
                    }
                });
            }
        });
        xml.finish();
    }

    private static void dependency(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var file = new String[] {""};
        xml.children(part -> {
            if (part.equals("fileName")) {
                file[0] = xml.text(Text.NAME);
            } else if (part.equals("vulnerabilities")) {
                xml.children(each -> {
                    if (each.equals("vulnerability") || each.equals("suppressedVulnerability")) {
                        receiver.take(vulnerability(xml, file[0], each.startsWith("suppressed")));
                    }
                });
            }
        });
    }

    private static Finding vulnerability(Xml xml, String file, boolean suppressed)
            throws IOException, XMLStreamException {
        var name = new String[] {""};
        var says = new String[] {""};
        var severity = new Severity[] {Severity.MEDIUM};
        xml.children(part -> {
            switch (part) {
                case "name" -> name[0] = xml.text(Text.NAME);
                case "severity" -> severity[0] = Severities.of(xml.text(40));
                case "description" -> says[0] = xml.text(Text.SAYING);
                default -> {}
            }
        });
        return new Finding(
                "Dependency-Check",
                name[0],
                severity[0],
                says[0],
                file,
                0,
                Prints.of("Dependency-Check", name[0], file),
                suppressed,
                1);
    }
}
