package dev.conduct.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/// Cases told by comments or annotations of tests, in whatever language: `@case ABC-12 What it shows`, and after it
/// `@pre`, `@step do => expect`, `@data name: values`, `@edge`, `@requirement`, `@component`, `@point` and `@test
/// suite#name`, one a line, whatever mark of a comment stands before. docs/guide/test-plans.md describes it.
final class AnnotatedCases {

    private static final Pattern CASE = Pattern.compile(
            "@case\\s*[ (]\\s*[\"']?([A-Za-z0-9][A-Za-z0-9_.-]{0,99})[\"']?\\s*\\)?(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TAG =
            Pattern.compile("@(title|pre|step|data|edge|requirement|component|point|test)\\s+(\\S.*)");
    private static final Map<String, String> FIELDS = Map.of(
            "title", "title",
            "pre", "preconditions",
            "step", "steps",
            "data", "data",
            "edge", "edge_class",
            "requirement", "requirement",
            "component", "component",
            "point", "point",
            "test", "automation");
    private static final List<String> SEVERAL = List.of("preconditions", "steps", "data");

    private AnnotatedCases() {}

    static List<CaseDraft> read(String text) {
        var drafts = new ArrayList<CaseDraft>();
        var number = 0L;
        for (var line : text.lines().toList()) {
            number++;
            var bare = bare(line);
            var begins = CASE.matcher(bare);
            var tag = TAG.matcher(bare);
            if (begins.matches()) {
                var draft = new CaseDraft(number);
                draft.fields().put("reference", Objects.requireNonNull(begins.group(1)));
                var title = Objects.requireNonNull(begins.group(2)).strip();
                if (!title.isEmpty() && !title.startsWith(")")) {
                    draft.fields().put("title", title);
                }
                drafts.add(draft);
            } else if (tag.matches() && !drafts.isEmpty()) {
                var field = Objects.requireNonNull(
                        FIELDS.get(Objects.requireNonNull(tag.group(1)).toLowerCase(Locale.ROOT)));
                var value = Objects.requireNonNull(tag.group(2)).strip();
                if (SEVERAL.contains(field)) {
                    drafts.getLast().add(field, value);
                } else {
                    drafts.getLast().fields().put(field, value);
                }
            }
        }
        return drafts;
    }

    static boolean begins(String line) {
        return CASE.matcher(bare(line)).matches();
    }

    /// Whether it says more of the case that began before.
    static boolean goesOn(String line) {
        return TAG.matcher(bare(line)).matches();
    }

    /// Without the mark of a comment before it and after it.
    private static String bare(String line) {
        var at = line.indexOf('@');
        if (at < 0 || line.substring(0, at).chars().anyMatch(Character::isLetterOrDigit)) {
            return "";
        }
        var bare = line.substring(at).strip();
        for (var end : List.of("*/", "-->", "-}")) {
            bare = bare.endsWith(end)
                    ? bare.substring(0, bare.length() - end.length()).strip()
                    : bare;
        }
        return bare;
    }
}
