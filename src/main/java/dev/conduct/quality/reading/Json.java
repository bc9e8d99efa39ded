package dev.conduct.quality.reading;

import java.io.InputStream;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/// A JSON document, or several in a row, as a stream. Every length and depth has a limit, and no names are kept.
final class Json {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxStringLength(1 << 20)
                    .maxNameLength(10_000)
                    .maxNumberLength(400)
                    .build())
            .build();

    /// Looks at one value. What it leaves unread is skipped.
    interface Member {
        void on(String name);
    }

    private final JsonParser parser;

    private Json(JsonParser parser) {
        this.parser = parser;
    }

    /// Stands before the first value.
    static Json of(InputStream bytes) {
        return new Json(FACTORY.createParser(ObjectReadContext.empty(), bytes));
    }

    /// The next value of several in a row; false when there is none.
    boolean nextDocument() {
        return parser.nextToken() != null;
    }

    boolean isObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    boolean isArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /// The members of the object it stands on; nothing when it is something else.
    void members(Member member) {
        if (!isObject()) {
            return;
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            member.on(name);
            leave();
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw Refusal.broken("it breaks off inside an object");
        }
    }

    /// The elements of the array it stands on; nothing when it is something else.
    void elements(Runnable element) {
        if (!isArray()) {
            return;
        }
        while (true) {
            var token = parser.nextToken();
            if (token == JsonToken.END_ARRAY) {
                return;
            }
            if (token == null) {
                throw Refusal.broken("it breaks off inside a list");
            }
            element.run();
            leave();
        }
    }

    /// Reads on to the end, so that what is broken there is noticed.
    void finish() {
        while (parser.nextToken() != null) {
            continue;
        }
    }

    private void leave() {
        if (isObject() || isArray()) {
            parser.skipChildren();
        }
    }

    /// Cut; empty when it is no text.
    String text(int most) {
        return parser.currentToken() == JsonToken.VALUE_STRING ? Text.bounded(parser.getString(), most) : "";
    }

    /// Text, or a number as text.
    String word(int most) {
        return parser.currentToken() != null && parser.currentToken().isNumeric()
                ? Text.bounded(parser.getString(), most)
                : text(most);
    }

    boolean isTrue() {
        return parser.currentToken() == JsonToken.VALUE_TRUE;
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    boolean isNumber() {
        return parser.currentToken() != null && parser.currentToken().isNumeric();
    }

    /// NaN when it is no number.
    double number() {
        return isNumber() ? parser.getDoubleValue() : Double.NaN;
    }

    /// 0 when it is no number.
    long whole() {
        var number = number();
        return Double.isNaN(number) || Math.abs(number) > 1e15 ? 0 : (long) number;
    }
}
