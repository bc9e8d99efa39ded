package dev.conduct.checks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Does the steps of a check, one after the other. After one that failed the rest is skipped, since it may need what
/// that one kept; what a drill broke is mended in any case. Keeps nothing.
@Component
class Runner {

    private static final Pattern BUILD = Pattern.compile("[A-Za-z0-9._:@+/-]{0,200}");
    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final int SAYS = 1_000;
    private static final String TOO_LONG = "The check has taken longer than 10 minutes.";

    /// After so long no further step is begun, but for those that mend.
    static final Duration LONGEST = Duration.ofMinutes(10);

    private final HttpProbe http;
    private final DnsProbe dns;
    private final TcpProbe tcp;
    private final GrpcProbe grpc;
    private final DatabaseProbe database;

    Runner(HttpProbe http, DnsProbe dns, TcpProbe tcp, GrpcProbe grpc, DatabaseProbe database) {
        this.http = http;
        this.dns = dns;
        this.tcp = tcp;
        this.grpc = grpc;
        this.database = database;
    }

    /// @param commit which ran there, empty when nothing told
    /// @param build likewise
    /// @param mocks that its steps called, by what stands in their addresses
    /// @param cut whether the server ended before its steps did
    record Result(String commit, String build, List<Outcome> outcomes, Set<String> mocks, boolean cut) {

        /// Whether something that a drill broke may lie broken.
        boolean broken() {
            return outcomes.stream().anyMatch(one -> one.part().equals("mend") && one.failed());
        }

        boolean passed() {
            return Outcome.passed(outcomes);
        }
    }

    /// What a run needs of the server it runs on.
    interface Server {

        /// Waits between two looks.
        ///
        /// @return false when the server ends and nothing is to be waited for
        boolean rest(Duration time);

        boolean ending();

        /// A drill has broken something, or is about to: what mending needs to know lasts longer than the server.
        void breaking(Map<String, Values.Kept> known);
    }

    /// What goes with one run.
    ///
    /// @param end when it has taken too long, as the system's nanoseconds
    private record Run(Values values, Server server, long end, AtomicBoolean cut) {

        boolean late() {
            return System.nanoTime() > end;
        }
    }

    Result run(Definition definition, Map<String, Values.Secret> secrets, Server server) {
        var end = System.nanoTime() + LONGEST.toNanos();
        var run = new Run(new Values(definition.values(), secrets), server, end, new AtomicBoolean());
        var outcomes = new ArrayList<Outcome>();
        var told = build(definition.build(), run.values(), outcomes);
        all(definition.steps(), "", run, outcomes, outcomes.stream().anyMatch(Outcome::failed));
        return new Result(
                told.commit(),
                told.number(),
                List.copyOf(outcomes),
                run.values().mocks(),
                run.cut().get());
    }

    /// Mends what the drills of a check may have left broken, whose run did not come to its end.
    ///
    /// @param known what its steps had kept
    Result mend(Definition definition, Map<String, Values.Secret> secrets, Map<String, Values.Kept> known) {
        var values = new Values(definition.values(), secrets);
        values.restore(known);
        var outcomes = new ArrayList<Outcome>();
        for (var step : definition.steps()) {
            if (step instanceof Step.Drill drill) {
                drill.mend().forEach(mending -> outcomes.add(one(mending, "mend", values)));
            }
        }
        return new Result("", "", List.copyOf(outcomes), values.mocks(), false);
    }

    private record Told(String commit, String number) {}

    private Told build(Definition.@Nullable Build build, Values values, List<Outcome> outcomes) {
        if (build == null) {
            return new Told("", "");
        }
        var from = System.nanoTime();
        values.begin();
        try {
            var answer = http.json(build.call(), values);
            var commit = answer.at(build.commit()).asString("");
            if (!commit.matches("[0-9a-fA-F]{7,64}")) {
                throw new Probe.Failed(build.commit() + " holds no commit.");
            }
            var number = build.number().isEmpty() ? "" : values.hidden(text(answer.at(build.number())));
            outcomes.add(outcome(build.call(), "", Outcome.How.PASSED, from, "Commit " + commit + ".", values));
            return new Told(commit.toLowerCase(Locale.ROOT), number);
        } catch (Probe.Failed | IOException | RuntimeException failed) {
            outcomes.add(outcome(build.call(), "", Outcome.How.FAILED, from, why(failed), values));
            return new Told("", "");
        }
    }

    private static String text(JsonNode node) {
        var text = node.isMissingNode() || node.isNull() ? "" : node.isString() ? node.stringValue() : node.toString();
        return BUILD.matcher(text).matches() ? text : "";
    }

    private void all(List<Step> steps, String part, Run run, List<Outcome> outcomes, boolean skip) {
        var skipping = skip;
        for (var step : steps) {
            if (skipping) {
                outcomes.add(new Outcome(step.name(), part, Outcome.How.SKIPPED, 0, "A step before it failed."));
            } else if (run.server().ending()) {
                run.cut().set(true);
                skipping = true;
                outcomes.add(new Outcome(step.name(), part, Outcome.How.SKIPPED, 0, "The server ended."));
            } else if (run.late()) {
                outcomes.add(new Outcome(step.name(), part, Outcome.How.FAILED, 0, TOO_LONG));
                skipping = true;
            } else if (step instanceof Step.Drill drill) {
                skipping = !drill(drill, run, outcomes);
            } else {
                var outcome = one(step, part, run.values());
                outcomes.add(outcome);
                skipping = outcome.failed();
                if (part.equals("broken")) {
                    run.server().breaking(run.values().known());
                }
            }
        }
    }

    private Outcome one(Step step, String part, Values values) {
        var from = System.nanoTime();
        values.begin();
        try {
            var says = look(step, values);
            var took = Duration.ofNanos(System.nanoTime() - from);
            var within = within(step);
            if (within != null && took.compareTo(within) > 0) {
                says = "Took " + took.toMillis() + " ms, expected at most " + within.toMillis() + " ms.";
                return outcome(step, part, Outcome.How.FAILED, from, says, values);
            }
            return outcome(step, part, Outcome.How.PASSED, from, says, values);
        } catch (Probe.Failed | IOException | RuntimeException failed) {
            return outcome(step, part, Outcome.How.FAILED, from, why(failed), values);
        }
    }

    private String look(Step step, Values values) throws Probe.Failed, IOException {
        return switch (step) {
            case Step.Http call -> http.look(call, values);
            case Step.Dns name -> dns.look(name, values);
            case Step.Tcp port -> tcp.look(port, values);
            case Step.Grpc server -> grpc.look(server, values);
            case Step.Database question -> database.look(question, values);
            case Step.Drill drill -> throw new IllegalStateException("a drill within a drill: " + drill.name());
        };
    }

    private static @Nullable Duration within(Step step) {
        return switch (step) {
            case Step.Http call -> call.expect().within();
            case Step.Dns name -> name.within();
            case Step.Tcp port -> port.within();
            case Step.Grpc server -> server.within();
            case Step.Database question -> question.within();
            case Step.Drill _ -> null;
        };
    }

    /// @return whether everything held
    private boolean drill(Step.Drill drill, Run run, List<Outcome> outcomes) {
        var parts = new ArrayList<Outcome>();
        run.server().breaking(run.values().known());
        try {
            all(drill.broken(), "broken", run, parts, false);
            all(drill.survives(), "survives", run, parts, parts.stream().anyMatch(Outcome::failed));
        } finally {
            for (var step : drill.mend()) {
                parts.add(one(step, "mend", run.values()));
            }
        }
        var end = System.nanoTime() + drill.within().toNanos();
        for (var step : drill.recovers()) {
            parts.add(recovered(step, run, end));
        }
        outcomes.addAll(parts);
        return Outcome.passed(parts);
    }

    private Outcome recovered(Step step, Run run, long end) {
        var from = System.nanoTime();
        var outcome = one(step, "recovers", run.values());
        while (outcome.failed() && System.nanoTime() < end && run.server().rest(AGAIN)) {
            outcome = one(step, "recovers", run.values());
        }
        var waited = (System.nanoTime() - from) / 1_000;
        return new Outcome(outcome.name(), outcome.part(), outcome.how(), waited, outcome.says());
    }

    private static Outcome outcome(Step step, String part, Outcome.How how, long from, String says, Values values) {
        var told = values.hidden(says).replace('\0', ' ');
        return new Outcome(
                step.name(),
                part,
                how,
                (System.nanoTime() - from) / 1_000,
                told.length() <= SAYS ? told : told.substring(0, SAYS) + "…");
    }

    private static String why(Exception failed) {
        var says = Objects.requireNonNullElse(
                failed.getMessage(), failed.getClass().getSimpleName());
        return failed instanceof IOException ? "No answer: " + says + "." : says;
    }
}
