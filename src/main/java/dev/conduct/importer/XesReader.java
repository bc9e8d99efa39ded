package dev.conduct.importer;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// An event log in XES (IEEE 1849). A trace's attributes are called `case:NAME`, as event logs in CSV do. Document
/// types are not read and entities not expanded: a file that uses one is refused.
final class XesReader implements SourceReader {

    private static final Set<String> ATTRIBUTES = Set.of("string", "date", "int", "float", "boolean", "id");

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var log = new EventLog(file, mapping);
        try (var bytes = file.bytes()) {
            var xml = factory.createXMLStreamReader(bytes);
            try {
                traces(file, xml, log, receiver);
            } catch (XMLStreamException broken) {
                receiver.broken(file.at(line(broken, xml)), says(broken));
            } finally {
                xml.close();
            }
        } catch (XMLStreamException broken) {
            receiver.broken(file.at(1), says(broken));
        }
        log.tell(receiver);
    }

    private static String says(XMLStreamException broken) {
        var message = String.valueOf(broken.getMessage()).replaceAll("\\s+", " ");
        return message.contains("entity")
                ? "The file uses an XML entity. Entities are not expanded; export the log without a DOCTYPE. " + message
                : "The XML breaks off here; nothing after it can be read: " + message;
    }

    private static long line(XMLStreamException broken, XMLStreamReader xml) {
        var location = broken.getLocation() == null ? xml.getLocation() : broken.getLocation();
        return Math.max(1, location.getLineNumber());
    }

    private static void traces(SourceFile file, XMLStreamReader xml, EventLog log, Receiver receiver)
            throws XMLStreamException {
        var root = true;
        while (xml.hasNext()) {
            if (xml.next() != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (root && !xml.getLocalName().equals("log")) {
                receiver.broken(
                        file.at(xml.getLocation().getLineNumber()),
                        "This is not an XES log: it begins with <" + xml.getLocalName() + ">, not with <log>.");
                return;
            }
            root = false;
            if (xml.getLocalName().equals("trace")) {
                trace(file, xml, log, receiver);
            }
        }
    }

    /// A trace is held whole: its name may stand after its events, and one that breaks off is not told at all.
    private static void trace(SourceFile file, XMLStreamReader xml, EventLog log, Receiver receiver)
            throws XMLStreamException {
        var line = (long) xml.getLocation().getLineNumber();
        var attributes = new LinkedHashMap<String, String>();
        var events = new LinkedHashMap<Long, Map<String, String>>();
        while (next(xml) != null) {
            if (xml.getLocalName().equals("event")) {
                var at = (long) xml.getLocation().getLineNumber();
                var event = event(xml);
                while (events.containsKey(at)) {
                    at++;
                }
                events.put(at, event);
            } else {
                attribute(xml, attributes, "case:");
            }
        }
        var id = attributes.get("case:concept:name");
        if (id == null) {
            receiver.broken(file.at(line), "The trace has no `concept:name`, by which it could be known again.");
            return;
        }
        log.begins(id, line);
        for (var event : events.entrySet()) {
            var values = new HashMap<>(attributes);
            values.putAll(event.getValue());
            log.event(event.getKey(), values);
        }
    }

    private static Map<String, String> event(XMLStreamReader xml) throws XMLStreamException {
        var values = new LinkedHashMap<String, String>();
        while (next(xml) != null) {
            attribute(xml, values, "");
        }
        return values;
    }

    private static void attribute(XMLStreamReader xml, Map<String, String> values, String prefix)
            throws XMLStreamException {
        var key = xml.getAttributeValue(null, "key");
        var value = xml.getAttributeValue(null, "value");
        if (key != null && value != null && ATTRIBUTES.contains(xml.getLocalName())) {
            values.put(prefix + key, value);
        }
        while (next(xml) != null) {
            attribute(xml, new HashMap<>(), prefix);
        }
    }

    /// The next child's name, null at the end of the element.
    private static @Nullable String next(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return xml.getLocalName();
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return null;
                }
                default -> {
                    // text and comments between attributes mean nothing in XES
                }
            }
        }
        return null;
    }
}
