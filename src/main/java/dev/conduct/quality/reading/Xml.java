package dev.conduct.quality.reading;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// An XML document as a stream. Document types are not read, entities not expanded, nothing outside is fetched.
/// Every length and depth has a limit.
final class Xml {

    private static final int MOST_NAMES = 5_000;

    /// Looks at one child. What it leaves unread is skipped.
    interface Child {
        void on(String name) throws XMLStreamException, IOException;
    }

    private final XMLStreamReader reader;
    private final Set<String> names = new HashSet<>();

    private Xml(XMLStreamReader reader) {
        this.reader = reader;
    }

    /// Stands on the root element.
    static Xml of(InputStream bytes) throws XMLStreamException {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setProperty(WstxInputProperties.P_LAZY_PARSING, true);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, 1 << 20);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, 200);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, 100);
        var xml = new Xml(factory.createXMLStreamReader(bytes));
        while (xml.next() != XMLStreamConstants.START_ELEMENT) {
            continue;
        }
        return xml;
    }

    String name() {
        return reader.getLocalName();
    }

    String namespace() {
        var uri = reader.getNamespaceURI();
        return uri == null ? "" : uri;
    }

    /// Empty when there is none.
    String attribute(String name) {
        var value = reader.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    boolean has(String name) {
        return reader.getAttributeValue(null, name) != null;
    }

    void children(Child child) throws XMLStreamException, IOException {
        while (true) {
            var event = next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                return;
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                child.on(reader.getLocalName());
                if (reader.getEventType() == XMLStreamConstants.START_ELEMENT) {
                    skip();
                }
            }
        }
    }

    /// The text directly in this element, cut.
    String text(int most) throws XMLStreamException {
        var text = new StringBuilder();
        var depth = 1;
        while (depth > 0) {
            var event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (depth == 1 && text.length() < most && reader.hasText() && event != XMLStreamConstants.COMMENT) {
                var length = Math.min(reader.getTextLength(), most - text.length());
                text.append(reader.getTextCharacters(), reader.getTextStart(), length);
            }
        }
        return Text.bounded(text.toString().strip(), most);
    }

    /// Reads on to the end of the document, so that what is broken there is noticed.
    void finish() throws XMLStreamException {
        while (reader.hasNext()) {
            next();
        }
    }

    private void skip() throws XMLStreamException {
        var depth = 1;
        while (depth > 0) {
            var event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private int next() throws XMLStreamException {
        var event = reader.next();
        if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new XMLStreamException(
                    "it uses the entity " + reader.getLocalName() + ", and entities are not expanded");
        }
        if (event == XMLStreamConstants.START_ELEMENT) {
            meet();
        }
        return event;
    }

    /// Names are kept by the parser for as long as it lives.
    private void meet() throws XMLStreamException {
        names.add(reader.getLocalName());
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            names.add(reader.getAttributeLocalName(i));
        }
        if (names.size() > MOST_NAMES) {
            throw new XMLStreamException("it has more than " + MOST_NAMES + " different names of elements");
        }
    }
}
