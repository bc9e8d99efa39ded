package dev.conduct.mocks;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// An element of a document: XML without a document type, without entities of its own, of bounded depth and size.
///
/// @param space the namespace, empty for none
/// @param attributes by their names with their namespaces
/// @param content its texts and elements, in the order of the document
record XmlTree(String space, String name, Map<QName, String> attributes, List<Object> content) {

    private static final int DEEPEST = 64;
    private static final int MOST = 50_000;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    /// Null for what is no such document.
    static @Nullable XmlTree read(@Nullable String document) {
        if (document == null || document.isBlank()) {
            return null;
        }
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(document.strip()));
            try {
                while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    if (reader.getEventType() == XMLStreamConstants.DTD) {
                        return null;
                    }
                }
                var root = element(reader, new int[1], 0);
                while (reader.hasNext()) {
                    reader.next();
                }
                return root;
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | RuntimeException notXml) {
            return null;
        }
    }

    private static XmlTree element(XMLStreamReader reader, int[] count, int depth) throws XMLStreamException {
        if (depth > DEEPEST || ++count[0] > MOST) {
            throw new XMLStreamException("too deep, or too much");
        }
        var space = reader.getNamespaceURI() == null ? "" : reader.getNamespaceURI();
        var name = reader.getLocalName();
        var attributes = new HashMap<QName, String>();
        for (var at = 0; at < reader.getAttributeCount(); at++) {
            attributes.put(reader.getAttributeName(at), reader.getAttributeValue(at));
        }
        var content = new ArrayList<Object>();
        for (var event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> content.add(element(reader, count, depth + 1));
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> add(content, reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new XMLStreamException("an entity that nobody defines");
                default -> {
                    // Comments and instructions say nothing.
                }
            }
        }
        return new XmlTree(space, name, attributes, content);
    }

    /// What a comment stands within is one text.
    private static void add(List<Object> content, String text) {
        if (!content.isEmpty() && content.getLast() instanceof String before) {
            content.set(content.size() - 1, before + text);
        } else {
            content.add(text);
        }
    }

    List<XmlTree> children() {
        return content.stream()
                .filter(XmlTree.class::isInstance)
                .map(XmlTree.class::cast)
                .toList();
    }

    /// Its own text and that of all below it.
    String text() {
        var text = new StringBuilder();
        add(text);
        return text.toString();
    }

    private void add(StringBuilder text) {
        for (var one : content) {
            if (one instanceof XmlTree child) {
                child.add(text);
            } else {
                text.append(one);
            }
        }
    }

    /// Whether they say the same: the order of attributes and of elements with different names, comments, and space
    /// around texts make no difference.
    boolean same(XmlTree other) {
        var mine = sorted();
        var others = other.sorted();
        if (!name.equals(other.name)
                || !space.equals(other.space)
                || !attributes.equals(other.attributes)
                || mine.size() != others.size()
                || !texts().equals(other.texts())) {
            return false;
        }
        for (var at = 0; at < mine.size(); at++) {
            if (!mine.get(at).same(others.get(at))) {
                return false;
            }
        }
        return true;
    }

    /// Its own, also those between its elements, without what is space alone.
    private List<String> texts() {
        return content.stream()
                .filter(String.class::isInstance)
                .map(text -> ((String) text).strip())
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private List<XmlTree> sorted() {
        return children().stream()
                .sorted(Comparator.comparing(XmlTree::name).thenComparing(XmlTree::space))
                .toList();
    }
}
