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
import javax.xml.stream.XMLStreamException;

/// CPD's XML: a piece of code that stands in several places is a finding, told again by the code itself.
final class CpdReader implements KindReader {

    private static final String TOOL = "CPD";
    private static final int FRAGMENT = 1 << 18;
    private static final int MOST_PLACES = 1_000;

    private record Place(String path, int line) {}

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        receiver.take(new Scanned(TOOL));
        xml.children(child -> {
            if (child.equals("duplication")) {
                duplication(xml, receiver);
            }
        });
        xml.finish();
    }

    private static void duplication(Xml xml, Receiver receiver) throws IOException, XMLStreamException {
        var lines = Text.line(xml.attribute("lines"));
        var places = new ArrayList<Place>();
        var code = new String[] {""};
        xml.children(part -> {
            switch (part) {
                case "file" -> {
                    if (places.size() < MOST_PLACES) {
                        places.add(new Place(
                                Text.bounded(xml.attribute("path"), Text.NAME), Text.line(xml.attribute("line"))));
                    }
                }
                case "codefragment" -> code[0] = xml.text(FRAGMENT).replaceAll("\\s+", " ");
                default -> {}
            }
        });
        if (places.isEmpty()) {
            throw Refusal.broken("it has a duplication without a file");
        }
        receiver.take(finding(lines, places, code[0]));
        for (var place : places) {
            receiver.take(new Measure("duplicated_lines", place.path(), lines));
        }
    }

    private static Finding finding(int lines, List<Place> places, String code) {
        var first = places.getFirst();
        var others = places.stream()
                .skip(1)
                .limit(5)
                .map(place -> place.path() + ":" + place.line())
                .toList();
        return new Finding(
                TOOL,
                "duplication",
                Severity.LOW,
                Text.bounded(lines + " lines that stand in " + String.join(", ", others) + " too", Text.SAYING),
                first.path(),
                first.line(),
                code.isEmpty()
                        ? Prints.of(TOOL, Paths.told(first.path()), String.valueOf(lines))
                        : Prints.of(TOOL, code),
                false,
                places.size());
    }
}
