package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLStreamException;

/// SpotBugs' own XML. A bug is told again by its pattern, class, method and field.
final class SpotbugsReader implements KindReader {

    private static final String TOOL = "SpotBugs";

    private static final class Bug {
        private String says = "";
        private String type = "";
        private String member = "";
        private String where = "";
        private String classWhere = "";
        private int line;
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) throws IOException, XMLStreamException {
        var xml = Xml.of(bytes);
        receiver.take(new Scanned(TOOL));
        xml.children(child -> {
            if (child.equals("BugInstance")) {
                receiver.take(bug(xml));
            }
        });
        xml.finish();
    }

    private static Finding bug(Xml xml) throws IOException, XMLStreamException {
        var rule = Text.bounded(xml.attribute("type"), Text.NAME);
        var severity = severity(xml.attribute("priority"));
        var bug = new Bug();
        bug.says = rule;
        xml.children(part -> {
            switch (part) {
                case "ShortMessage" -> bug.says = xml.text(Text.SAYING);
                case "LongMessage" -> bug.says = xml.text(Text.SAYING);
                case "Class" -> type(xml, bug);
                case "Method", "Field" -> bug.member += "|" + xml.attribute("name") + xml.attribute("signature");
                case "SourceLine" -> {
                    if (bug.where.isEmpty()) {
                        bug.where = path(xml);
                        bug.line = Text.line(xml.attribute("start"));
                    }
                }
                default -> {}
            }
        });
        return new Finding(
                TOOL,
                rule,
                severity,
                bug.says,
                bug.where.isEmpty() ? bug.classWhere : bug.where,
                bug.line,
                Prints.of(TOOL, rule, bug.type, Text.bounded(bug.member, Text.SAYING)),
                false,
                1);
    }

    private static void type(Xml xml, Bug bug) throws IOException, XMLStreamException {
        if (!bug.type.isEmpty()) {
            return;
        }
        bug.type = Text.bounded(xml.attribute("classname"), Text.NAME);
        bug.classWhere = bug.type;
        xml.children(part -> {
            if (part.equals("SourceLine")) {
                bug.classWhere = path(xml);
            }
        });
    }

    private static String path(Xml xml) {
        var path = xml.attribute("sourcepath");
        return Text.bounded(path.isEmpty() ? xml.attribute("classname") : path, Text.NAME);
    }

    private static Severity severity(String priority) {
        return switch (priority) {
            case "1" -> Severity.HIGH;
            case "3" -> Severity.LOW;
            case "4", "5" -> Severity.INFO;
            default -> Severity.MEDIUM;
        };
    }
}
