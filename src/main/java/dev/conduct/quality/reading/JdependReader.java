package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Measure;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// JDepend's XML: a package that needs itself by way of others is a finding; how packages lean on each other is
/// measured.
final class JdependReader implements KindReader {

    private static final String TOOL = "JDepend";
    private static final int MOST = 10_000;
    private static final Map<String, String> MEASURES = Map.of(
            "TotalClasses", "classes", "Ca", "afferent", "Ce", "efferent", "I", "instability", "A", "abstractness");

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        receiver.take(new Scanned(TOOL));
        xml.children(part -> {
            switch (part) {
                case "Packages" ->
                    xml.children(one -> {
                        if (one.equals("Package")) {
                            measures(xml, receiver);
                        }
                    });
                case "Cycles" ->
                    xml.children(one -> {
                        if (one.equals("Package")) {
                            cycle(xml, receiver);
                        }
                    });
                default -> {}
            }
        });
        xml.finish();
    }

    private static void measures(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("name"), Text.NAME);
        xml.children(part -> {
            if (part.equals("Stats")) {
                xml.children(stat -> {
                    var measure = MEASURES.get(stat);
                    if (measure != null) {
                        receiver.take(new Measure(measure, name, Text.number(xml.text(40))));
                    }
                });
            }
        });
    }

    private static void cycle(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var name = Text.bounded(xml.attribute("Name"), Text.NAME);
        List<String> others = new ArrayList<>();
        xml.children(one -> {
            if (one.equals("Package") && others.size() < MOST) {
                others.add(xml.text(Text.NAME));
            }
        });
        receiver.take(new Finding(
                TOOL,
                "cycle",
                Severity.MEDIUM,
                Text.bounded("It needs itself by way of " + String.join(", ", others), Text.SAYING),
                name,
                0,
                Prints.of(TOOL, "cycle", name),
                false,
                1));
    }
}
