package dev.conduct.procedure;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The rules of one item type: CEL over declared names only. Names and types are checked, and what CEL itself can fail
/// at (division, indexes, sums of numbers, reading numbers and times from text) is refused. What can fail nevertheless,
/// a moment beyond the calendar for one, holds its gate.
final class RuleLanguage {

    static final CelType WORDS = ListType.create(SimpleType.STRING);

    private static final int MOST_CHARACTERS = 2_000;
    private static final int MOST_NESTED = 3;

    /// Functions that can fail although the types are right, and what to do without them.
    private static final Map<String, String> PARTIAL = Map.of(
            "_[_]", "use in or exists instead of an index",
            "_/_", "compare products instead of dividing",
            "_%_", "write the condition without a remainder",
            "_*_", "write the product out",
            "type", "compare in the type it has");

    private static final Set<String> CONVERSIONS = Set.of("int", "uint", "double", "string", "bytes", "bool", "dyn");

    private final Map<String, CelType> names;
    private final Cel cel;

    /// @param names every name a rule may use, with its type
    RuleLanguage(Map<String, CelType> names) {
        this.names = Map.copyOf(names);
        var options = CelOptions.current()
                .maxExpressionCodePointSize(MOST_CHARACTERS)
                .maxParseRecursionDepth(50)
                .comprehensionMaxIterations(200_000)
                .build();
        var builder =
                CelFactory.standardCelBuilder().setOptions(options).setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        names.forEach(builder::addVar);
        cel = builder.build();
    }

    Map<String, CelType> names() {
        return names;
    }

    /// A compiled rule.
    ///
    /// @param reads the declared names it uses
    record Rule(String text, CelRuntime.Program program, Set<String> reads) {

        Object evaluate(Facts facts) throws CelEvaluationException {
            return program.eval(facts);
        }
    }

    /// What is wrong with a rule's text.
    ///
    /// @param offset into the text, in code points
    /// @param unknownName whether it is only that nobody declared a name
    record Fault(int offset, String says, String instead, boolean unknownName) {

        Fault(int offset, String says, String instead) {
            this(offset, says, instead, false);
        }
    }

    /// Either the rule or its faults, which are never empty then.
    record Outcome(java.util.Optional<Rule> rule, List<Fault> faults) {}

    Outcome compile(String text, CelType wanted) {
        try {
            var tree = cel.compile(text).getAst();
            var faults = faults(tree, text, wanted);
            if (!faults.isEmpty()) {
                return new Outcome(java.util.Optional.empty(), faults);
            }
            return new Outcome(java.util.Optional.of(new Rule(text, cel.createProgram(tree), reads(tree))), List.of());
        } catch (CelValidationException invalid) {
            return new Outcome(
                    java.util.Optional.empty(),
                    invalid.getErrors().stream()
                            .map(issue -> fault(text, issue))
                            .toList());
        } catch (CelEvaluationException broken) {
            return new Outcome(
                    java.util.Optional.empty(),
                    List.of(new Fault(0, String.valueOf(broken.getMessage()), "write it more simply")));
        }
    }

    private List<Fault> faults(CelAbstractSyntaxTree tree, String text, CelType wanted) {
        var faults = new ArrayList<Fault>();
        var type = tree.getResultType();
        if (!type.equals(wanted)) {
            faults.add(new Fault(0, "the rule gives " + type.name() + " instead of " + wanted.name(), asked(wanted)));
        }
        CelNavigableAst.fromAst(tree).getRoot().allNodes().forEach(node -> {
            var fault = fault(tree, text, node);
            if (fault != null) {
                faults.add(fault);
            }
        });
        return faults;
    }

    private static String asked(CelType wanted) {
        return wanted.equals(SimpleType.BOOL) ? "write a condition that is true or false" : "name a person";
    }

    private @org.jspecify.annotations.Nullable Fault fault(
            CelAbstractSyntaxTree tree, String text, CelNavigableExpr node) {
        var expression = node.expr();
        var offset = tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
        if (node.getKind().equals(CelExpr.ExprKind.Kind.CALL)) {
            var function = expression.call().function();
            if (PARTIAL.containsKey(function)) {
                return new Fault(
                        offset,
                        "\"" + function.replace("_", "") + "\" can fail when the rule is judged",
                        Objects.requireNonNull(PARTIAL.get(function)));
            }
            if (Set.of("_+_", "_-_", "-_").contains(function)
                    && tree.getType(expression.id())
                            .filter(SimpleType.INT::equals)
                            .isPresent()
                    && !expression.call().args().stream()
                            .allMatch(it -> it.getKind() == CelExpr.ExprKind.Kind.CONSTANT)) {
                return new Fault(
                        offset, "a sum of numbers can be too large when the rule is judged", "compare them one by one");
            }
            if (CONVERSIONS.contains(function)) {
                return new Fault(
                        offset, function + "() can fail when the rule is judged", "compare in the type it has");
            }
            if (Set.of("timestamp", "duration", "matches").contains(function)) {
                return literal(offset, function, expression.call().args());
            }
        }
        if (node.getKind().equals(CelExpr.ExprKind.Kind.COMPREHENSION) && nested(node) > MOST_NESTED) {
            return new Fault(offset, "more than " + MOST_NESTED + " loops inside one another", "write it flatter");
        }
        return null;
    }

    /// `timestamp('…')`, `duration('…')` and `matches('…')` are tried now, so that they cannot fail later.
    private @org.jspecify.annotations.Nullable Fault literal(int offset, String function, List<CelExpr> arguments) {
        var last = arguments.getLast();
        var constant = last.getKind().equals(CelExpr.ExprKind.Kind.CONSTANT)
                && last.constant().getKind().equals(dev.cel.common.ast.CelConstant.Kind.STRING_VALUE);
        if (!constant) {
            return new Fault(offset, function + " of something that is not written out", "write it in quotes");
        }
        var value = last.constant().stringValue();
        var quoted = "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
        var probe = function.equals("matches") ? "''.matches(" + quoted + ")" : function + "(" + quoted + ") == now";
        try {
            if (function.equals("duration")) {
                probe = "duration(" + quoted + ") == now - now";
            }
            var unused = cel.createProgram(cel.compile(probe).getAst()).eval(Map.of("now", java.time.Instant.EPOCH));
            return null;
        } catch (CelValidationException | CelEvaluationException wrong) {
            return new Fault(offset, "\"" + value + "\" is no " + function, example(function));
        }
    }

    private static String example(String function) {
        return switch (function) {
            case "timestamp" -> "write timestamp('2026-11-23T16:00:00Z')";
            case "duration" -> "write duration('90s'), or name a parameter";
            default -> "write a pattern of RE2";
        };
    }

    private static int nested(CelNavigableExpr node) {
        var depth = 1;
        var parent = node.parent();
        while (parent.isPresent()) {
            depth += parent.get().getKind().equals(CelExpr.ExprKind.Kind.COMPREHENSION) ? 1 : 0;
            parent = parent.get().parent();
        }
        return depth;
    }

    private Set<String> reads(CelAbstractSyntaxTree tree) {
        var reads = new LinkedHashSet<String>();
        tree.getReferenceMap().values().forEach(reference -> {
            if (names.containsKey(reference.name())) {
                reads.add(reference.name());
            }
        });
        return reads;
    }

    private static final java.util.regex.Pattern UNDECLARED =
            java.util.regex.Pattern.compile("undeclared reference to '([^']*)'");
    private static final java.util.regex.Pattern OVERLOAD =
            java.util.regex.Pattern.compile("no matching overload for '([^']*)' applied to '\\(([^']*)\\)'");
    private static final java.util.regex.Pattern PATH = java.util.regex.Pattern.compile("[A-Za-z_][A-Za-z0-9_.]*");

    private Fault fault(String text, dev.cel.common.CelIssue issue) {
        var location = issue.getSourceLocation();
        var offset = offset(text, location.getLine(), location.getColumn());
        var undeclared = UNDECLARED.matcher(issue.getMessage());
        if (undeclared.find()) {
            var written = written(text, offset, undeclared.group(1));
            return new Fault(
                    offset, "the rule knows no \"" + written + "\"", Nearest.instead(written, names.keySet()), true);
        }
        var overload = OVERLOAD.matcher(issue.getMessage());
        if (overload.find()) {
            var function = overload.group(1).replace("_", "");
            return new Fault(
                    offset,
                    "\"" + function + "\" does not go with " + overload.group(2),
                    "compare what is of one type");
        }
        if (issue.getMessage().contains("'<EOF>'")) {
            return new Fault(text.length(), "the rule ends too early", "write the rest of it");
        }
        var says = issue.getMessage().lines().findFirst().orElse("").replaceAll(" expecting .*", "");
        return new Fault(offset, "this is no rule: " + says, "mend it here");
    }

    /// The whole dotted name that begins near the place the compiler points at.
    private static String written(String text, int offset, String fallback) {
        var matcher = PATH.matcher(text);
        while (matcher.find()) {
            var around = matcher.start() <= offset && offset <= matcher.end();
            if (around && (matcher.group().equals(fallback) || matcher.group().startsWith(fallback + "."))) {
                return matcher.group();
            }
        }
        return fallback;
    }

    private static int offset(String text, int line, int column) {
        var at = 0;
        for (var skipped = 1; skipped < line; skipped++) {
            at = text.indexOf('\n', at) + 1;
        }
        return Math.max(0, Math.min(text.length(), at + column));
    }
}
