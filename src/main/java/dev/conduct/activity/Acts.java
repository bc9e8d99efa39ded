package dev.conduct.activity;

import dev.conduct.ledger.Event;
import dev.conduct.shell.Words;
import java.util.Map;
import java.util.Set;

/// What happened, in words. An action that is not in here is read as it is written: `key.rotate` is “Key rotate”.
final class Acts {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("auth.sign_in", "Signed in"),
            Map.entry("auth.sign_out", "Signed out"),
            Map.entry("auth.factor", "Second factor given"),
            Map.entry("auth.enrol", "Second factor enrolled"),
            Map.entry("auth.replace_factor", "Second factor replaced"),
            Map.entry("auth.recovery_codes", "Recovery codes made"),
            Map.entry("auth.step_up", "Second factor confirmed"),
            Map.entry("auth.end_session", "Session ended"),
            Map.entry("auth.token", "Access token given out"),
            Map.entry("auth.revoke_token", "Access token revoked"),
            Map.entry("client.create", "Program added"),
            Map.entry("client.add_secret", "Secret added"),
            Map.entry("client.revoke_secret", "Secret revoked"),
            Map.entry("client.secret_ends", "Secret given an end"),
            Map.entry("client.deactivate", "Program shut out"),
            Map.entry("clock.warn", "Clock at risk"),
            Map.entry("clock.breach", "Clock overrun"),
            Map.entry("clock.escalate", "Clock escalated"),
            Map.entry("component.create", "Component added"),
            Map.entry("component.change", "Component changed"),
            Map.entry("component.rename", "Component renamed"),
            Map.entry("product.rename", "Product renamed"),
            Map.entry("content.erase", "Content erased"),
            Map.entry("duty.owe", "Duty owed"),
            Map.entry("duty.overdue", "Duty overdue"),
            Map.entry("duty.settle", "Duty settled"),
            Map.entry("import.run", "Import run"),
            Map.entry("installation.set_up", "Installation set up"),
            Map.entry("item.report", "Reported"),
            Map.entry("item.edit", "Edited"),
            Map.entry("item.comment", "Comment added"),
            Map.entry("item.reword", "Comment reworded"),
            Map.entry("item.unsay", "Comment deleted"),
            Map.entry("item.attach", "File attached"),
            Map.entry("item.attest", "Evidence given"),
            Map.entry("item.link", "Linked"),
            Map.entry("item.watch", "Watched"),
            Map.entry("item.unwatch", "No longer watched"),
            Map.entry("item.act", "Assessed"),
            Map.entry("item.migrate", "Moved to another version of the procedure"),
            Map.entry("ledger.check", "Whole log checked"),
            Map.entry("ledger.begin_anew", "Log begun anew"),
            Map.entry("backup.make", "Backup made"),
            Map.entry("backup.drill", "Restore practised"),
            Map.entry("checkpoint.mail", "Checkpoint mailed"),
            Map.entry("override.ask", "Exception asked for"),
            Map.entry("override.approve", "Exception approved"),
            Map.entry("override.decline", "Exception declined"),
            Map.entry("override.expire", "Exception ended"),
            Map.entry("people.read", "List of people read"),
            Map.entry("secret.list", "List of programs and tokens read"),
            Map.entry("list.export", "List exported"),
            Map.entry("proof.export", "Proof exported"),
            Map.entry("log.entries", "Entries of the log read"),
            Map.entry("log.export", "Log exported"),
            Map.entry("person.add", "Person added"),
            Map.entry("person.invite", "Invited"),
            Map.entry("person.accept", "Invitation accepted"),
            Map.entry("person.roles", "Roles changed"),
            Map.entry("person.deactivate", "Person deactivated"),
            Map.entry("person.activate", "Person activated"),
            Map.entry("person.reset_factor", "Second factor taken away"),
            Map.entry("person.profile", "Profile changed"),
            Map.entry("procedure.adopt", "Procedure adopted"),
            Map.entry("product.create", "Product added"),
            Map.entry("projection.mend", "Tables mended from the log"),
            Map.entry("report.receive", "Report received"),
            Map.entry("component.paths", "Paths of a component said"),
            Map.entry("finding.accept", "Finding let stay"),
            Map.entry("failure.triage", "Cause of a failure said"),
            Map.entry("test.quarantine", "Test put aside"),
            Map.entry("test.release", "Test counts again"),
            Map.entry("test.link", "Test linked"),
            Map.entry("test.unlink", "Test unlinked"),
            Map.entry("acceptance.open", "Acceptance opened"),
            Map.entry("acceptance.invite", "Invited to an acceptance"),
            Map.entry("acceptance.sign", "Acceptance signed"),
            Map.entry("acceptance.say", "Said in an acceptance"),
            Map.entry("acceptance.decide", "Feedback decided"),
            Map.entry("acceptance.close", "Acceptance closed"),
            Map.entry("standard.propose", "Standard proposed"),
            Map.entry("standard.approve", "Standard approved"),
            Map.entry("standard.acknowledge", "Standard read"),
            Map.entry("standard.train", "Training recorded"),
            Map.entry("standard.retire", "Standard retired"),
            Map.entry("catalogue.node", "Part of the catalogue said"),
            Map.entry("catalogue.point", "Integration point said"),
            Map.entry("testplan.write", "Test plan written"),
            Map.entry("testcase.write", "Test case written"),
            Map.entry("testcase.retire", "Test case retired"),
            Map.entry("testcase.link", "Reported of a test case"),
            Map.entry("testrun.start", "Test run begun"),
            Map.entry("testrun.judge", "Verdict in a test run"),
            Map.entry("testrun.take", "Verdicts read from CI"),
            Map.entry("testrun.defect", "Defect of a test run"),
            Map.entry("testrun.end", "Test run ended"),
            Map.entry("test.passes", "Test passes now"),
            Map.entry("test.fails", "Test fails now"),
            Map.entry("token.create", "Personal token made"),
            Map.entry("token.revoke", "Personal token revoked"));
    private static final Set<String> NAMED = Set.of("item.transition", "item.act");

    private Acts() {}

    static String of(Event event) {
        if (NAMED.contains(event.action()) && event.data().get("transition") instanceof String transition) {
            return "Move: " + Words.plain(transition);
        }
        return word(event.action());
    }

    static String word(String action) {
        var known = WORDS.get(action);
        return known == null ? Words.plain(action.replace('.', '_')) : known;
    }
}
