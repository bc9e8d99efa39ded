package dev.conduct.testing;

import dev.conduct.identity.Actor;
import java.util.List;
import org.springframework.context.ApplicationContext;

/// Lets a test of another module have two people judge a case, one after the other.
public final class NotedInARun {

    private NotedInARun() {}

    /// @param first judges the case and its second step
    /// @param then judges the first step, and by it the case; the note of the first stays in its row
    public static void in(
            ApplicationContext context,
            String product,
            Actor first,
            String ofCase,
            String ofStep,
            Actor then,
            String stays) {
        var plan = context.getBean(Plans.class)
                .create(product, new Plans.NewPlan("Checkout", "", "", false, false), first)
                .id();
        var steps = List.of(new Step("Pay", "A receipt"), new Step("Pay again", "Another"));
        var text = new CaseText("Pays", "", steps, List.of(), "", "", "", "", null, "");
        var _ = context.getBean(Cases.class).create(plan, text, first);
        var runs = context.getBean(TestRuns.class);
        var run = runs.start(plan, new TestRuns.NewRun("By hand", "0123456789abcdef", "", "", ""), first)
                .id();
        var _ = runs.judge(run, 1, new TestRuns.Judgement(0, "failed", ofCase, 0, 1), first);
        var _ = runs.judge(run, 1, new TestRuns.Judgement(2, "failed", ofStep, 0, 1), first);
        var _ = runs.judge(run, 1, new TestRuns.Judgement(1, "passed", stays, 0, 1), then);
    }
}
