package dev.conduct.mocks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A path into an XML document, as far as mappings need XPath: `/a/b`, `//b`, `*`, `@name`, `text()`, and in brackets a
/// position or one path that is there or equal to a text. A name without a prefix stands for that name in any
/// namespace. It looks at no more than 100,000 elements, and all those asked of one request at no more than 1,000,000.
///
/// @param text as it was written
record XmlPath(String text, List<Step> steps) {

    private static final int MOST = 100_000;
    private static final int LONGEST = 1_000;
    private static final int MOST_STEPS = 30;
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_.-]*";
    private static final Pattern STEP = Pattern.compile(
            "(/{1,2})(?:text\\(\\)|(@)?(?:(" + NAME + "):)?(" + NAME + "|\\*))((?:\\[[^\\[\\]]{1,200}])*)");
    private static final Pattern BRACKET = Pattern.compile("\\[\\s*([^\\[\\]]*?)\\s*]");
    private static final Pattern EQUAL = Pattern.compile("([^=]+?)\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\")");

    /// @param deep at any depth below
    /// @param space which it must be in, null: any
    /// @param name `*` for any; empty for the text
    record Step(boolean deep, boolean attribute, @Nullable String space, String name, List<Test> tests) {}

    /// @param position from 1 on, 0 for none
    /// @param path which leads somewhere from here, null for this element itself
    /// @param equal what one of the texts there must be, null: any
    record Test(
            int position, @Nullable XmlPath path, @Nullable String equal) {

        boolean holds(XmlTree element, int place, Walk walk) {
            if (position > 0) {
                return place == position;
            }
            var texts = path == null ? List.of(walk.text(element)) : path.within(element, walk);
            return equal == null
                    ? !texts.isEmpty()
                    : texts.stream().anyMatch(one -> one.strip().equals(equal));
        }
    }

    /// How much was looked at: elements, and for each so many letters of their texts.
    private static final class Walk {

        private static final int LETTERS = 50;

        private int looked;

        boolean over() {
            return looked > MOST;
        }

        String text(XmlTree element) {
            var text = over() ? "" : element.text();
            looked += 1 + text.length() / LETTERS;
            return text;
        }

        /// Itself and all below it.
        List<XmlTree> descendants(XmlTree element) {
            var all = new ArrayList<XmlTree>();
            add(element, all);
            return all;
        }

        private void add(XmlTree element, List<XmlTree> all) {
            looked++;
            if (!over()) {
                all.add(element);
                element.children().forEach(child -> add(child, all));
            }
        }
    }

    /// It is none that is read here; the message says why.
    static final class Unreadable extends Exception {

        Unreadable(String says) {
            super(says);
        }
    }

    /// @param spaces namespaces by their prefixes
    static XmlPath read(String text, Map<String, String> spaces) throws Unreadable {
        if (text.length() > LONGEST || !text.startsWith("/")) {
            throw new Unreadable("a path begins with / and has at most " + LONGEST + " characters");
        }
        var steps = new ArrayList<Step>();
        var found = STEP.matcher(text);
        var at = 0;
        while (at < text.length()) {
            if (!found.find(at) || found.start() != at || steps.size() == MOST_STEPS) {
                throw new Unreadable("the path is not read from character " + (at + 1) + " on");
            }
            var last = steps.isEmpty() ? null : steps.getLast();
            if (last != null && (last.attribute() || last.name().isEmpty())) {
                throw new Unreadable("nothing stands below an attribute or a text");
            }
            var prefix = found.group(3);
            if (prefix != null && !spaces.containsKey(prefix)) {
                throw new Unreadable("xPathNamespaces does not say what " + prefix + " stands for");
            }
            steps.add(new Step(
                    "//".equals(found.group(1)),
                    found.group(2) != null,
                    prefix == null ? null : spaces.get(prefix),
                    found.group(4) == null ? "" : found.group(4),
                    tests(String.valueOf(found.group(5)), spaces)));
            at = found.end();
        }
        return new XmlPath(text, List.copyOf(steps));
    }

    private static List<Test> tests(String brackets, Map<String, String> spaces) throws Unreadable {
        var tests = new ArrayList<Test>();
        var bracket = BRACKET.matcher(brackets);
        while (bracket.find()) {
            var says = String.valueOf(bracket.group(1));
            var equal = EQUAL.matcher(says);
            if (says.matches("[1-9]\\d{0,5}")) {
                tests.add(new Test(Integer.parseInt(says), null, null));
            } else if (equal.matches()) {
                var text = equal.group(2) == null ? equal.group(3) : equal.group(2);
                tests.add(new Test(0, below(String.valueOf(equal.group(1)), spaces), text));
            } else {
                tests.add(new Test(0, below(says, spaces), null));
            }
        }
        return tests;
    }

    private static @Nullable XmlPath below(String path, Map<String, String> spaces) throws Unreadable {
        return path.equals(".") ? null : read("/" + path, spaces);
    }

    /// The texts it leads to in a document; nothing when it would look at too much, alone or with the others that were
    /// asked of the request.
    List<String> find(XmlTree root, Reading reading) {
        if (reading.spent()) {
            return List.of();
        }
        var walk = new Walk();
        var found = within(new XmlTree("", "", Map.of(), List.of(root)), walk);
        reading.spend(walk.looked);
        return walk.over() ? List.of() : found;
    }

    private List<String> within(XmlTree from, Walk walk) {
        var found = List.of(from);
        for (var step : steps) {
            var places = step.deep()
                    ? found.stream()
                            .flatMap(one -> walk.descendants(one).stream())
                            .toList()
                    : found;
            if (step.attribute() || step.name().isEmpty()) {
                return places.stream().flatMap(one -> texts(step, one)).toList();
            }
            var next = Collections.<XmlTree>newSetFromMap(new IdentityHashMap<>());
            var inOrder = new ArrayList<XmlTree>();
            for (var place : places) {
                if (walk.over()) {
                    return List.of();
                }
                take(step, place, walk).stream().filter(next::add).forEach(inOrder::add);
            }
            found = inOrder;
        }
        return found.stream().map(walk::text).toList();
    }

    private static Stream<String> texts(Step step, XmlTree element) {
        if (step.name().isEmpty()) {
            return element.content().stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .filter(text -> !text.isBlank());
        }
        return element.attributes().entrySet().stream()
                .filter(attribute -> step.name().equals("*")
                        || step.name().equals(attribute.getKey().getLocalPart()))
                .filter(attribute -> step.space() == null
                        || step.space().equals(attribute.getKey().getNamespaceURI()))
                .map(Map.Entry::getValue);
    }

    private static List<XmlTree> take(Step step, XmlTree parent, Walk walk) {
        var children = parent.children();
        walk.looked += children.size();
        var named = children.stream()
                .filter(child -> step.name().equals("*") || step.name().equals(child.name()))
                .filter(child -> step.space() == null || step.space().equals(child.space()))
                .toList();
        for (var test : step.tests()) {
            var before = named;
            named = IntStream.range(0, before.size())
                    .filter(place -> !walk.over() && test.holds(before.get(place), place + 1, walk))
                    .mapToObj(before::get)
                    .toList();
        }
        return named;
    }
}
