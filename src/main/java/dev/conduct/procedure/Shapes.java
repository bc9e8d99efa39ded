package dev.conduct.procedure;

import static dev.conduct.procedure.Shape.choice;
import static dev.conduct.procedure.Shape.flag;
import static dev.conduct.procedure.Shape.named;
import static dev.conduct.procedure.Shape.part;
import static dev.conduct.procedure.Shape.parts;
import static dev.conduct.procedure.Shape.text;
import static dev.conduct.procedure.Shape.textsByName;
import static dev.conduct.procedure.Shape.value;
import static dev.conduct.procedure.Shape.words;
import static dev.conduct.procedure.Shape.wordsByName;

import dev.conduct.kernel.Right;
import java.util.List;
import java.util.Map;

/// The pack format, whole.
final class Shapes {

    static final List<String> CONTROL_KINDS = List.of("gate", "clock", "duty", "fact", "role", "record", "platform");
    static final List<String> PARAMETER_KINDS =
            List.of("duration", "number", "percent", "text", "list", "calendar", "schedule");
    static final List<String> FIELD_KINDS =
            List.of("choice", "line", "text", "number", "component", "commit", "person", "date");
    static final List<String> MODES = List.of("observe", "warn", "enforce");
    static final List<String> REASON_KINDS = List.of("missing", "stale", "other_build", "role", "separation", "field");
    static final List<String> MEANINGS = List.of("severity", "priority", "reason");
    static final List<String> ICONS = List.of(
            "file-text",
            "bug",
            "wrench",
            "life-buoy",
            "siren",
            "package",
            "flask-conical",
            "list-checks",
            "clock",
            "server",
            "users",
            "rocket",
            "network",
            "globe",
            "mail",
            "shield-check",
            "scale",
            "layers");
    static final List<String> DAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    static final Shape PACK = Shape.of(
            "The pack",
            text("name", "What the pack is called, for programs.").needed(),
            text("title", "What the pack is called, for people.").needed(),
            text("version", "The name of this version; an adopted version never changes again.")
                    .needed(),
            text("source", "The document this procedure follows."),
            words("types", "The item types; each has its file types/NAME.yaml.").needed(),
            part(
                    "in_flight",
                    "What happens to work under way when this version comes into force.",
                    Shape.of(
                            "Work in flight",
                            choice(
                                            "rule",
                                            "stay: finished by the version it began under; move: judged by this one.",
                                            List.of("stay", "move"))
                                    .needed(),
                            textsByName(
                                    "states", "Per type, states of older versions and what they are called now."))));

    static final Shape CLAUSES = Shape.of(
            "The clauses",
            parts(
                            "chapters",
                            "The chapters, in order.",
                            Shape.of(
                                    "A chapter",
                                    text("id", "Its number.").needed(),
                                    text("title", "Its title.").needed(),
                                    parts(
                                                    "clauses",
                                                    "Its clauses, in order.",
                                                    Shape.of(
                                                            "A clause",
                                                            text("id", "For rules and programs: BUG-5.")
                                                                    .needed(),
                                                            text("ref", "For people: 11 §2.5.")
                                                                    .needed(),
                                                            text("title", "Its title.")
                                                                    .needed(),
                                                            words(
                                                                    "controls",
                                                                    "The kinds of control the register wants.",
                                                                    CONTROL_KINDS),
                                                            text("text", "What it asks, in a sentence or two.")
                                                                    .needed()))
                                            .needed()))
                    .needed());

    static final Shape ROLES = Shape.of(
            "The roles",
            named(
                            "roles",
                            "Roles by name.",
                            Shape.of(
                                    "A role",
                                    text("title", "What people read.").needed(),
                                    text("means", "What one answers for in it.").needed(),
                                    flag("reads_only", "Who holds no other role changes nothing."),
                                    flag(
                                            "administers",
                                            "Who holds no other role moves no work, and has every right of `may`."),
                                    words("may", "What the platform lets its holders do.", Right.words()),
                                    flag(
                                            "outside",
                                            "Who holds no other role is a customer: sees what they and their organisation reported.")))
                    .needed());

    static final Shape PARAMETERS = Shape.of(
            "The parameters",
            named(
                            "parameters",
                            "Numbers and terms by name.",
                            Shape.of(
                                    "A parameter",
                                    text("title", "What people read.").needed(),
                                    text("means", "What it decides.").needed(),
                                    choice("kind", "What its value is.", PARAMETER_KINDS)
                                            .needed(),
                                    value("value", "Its value.").needed(),
                                    text("read_by", "The part of the platform that reads it, where no rule does."),
                                    text("unused", "Says plainly that no control reads it yet.")))
                    .needed());

    static final Shape CALENDARS = Shape.of(
            "The calendars",
            named(
                            "calendars",
                            "Calendars by name.",
                            Shape.of(
                                    "A calendar",
                                    flag("always", "Every second counts; then nothing else is given."),
                                    text("zone", "A time zone: Europe/Berlin."),
                                    wordsByName("hours", "Working hours by day: [\"09:00-17:00\"].", DAYS),
                                    words("holidays", "Days that do not count: 2026-12-25.")))
                    .needed());

    static final Shape SCHEDULES = Shape.of(
            "The schedules",
            named(
                            "schedules",
                            "Schedules by name.",
                            Shape.of(
                                    "A schedule",
                                    text("title", "What people read."),
                                    text("first", "The first moment, local: 2026-01-06T18:00.")
                                            .needed(),
                                    text("zone", "A time zone: Europe/Berlin.").needed(),
                                    text("every", "How often: 2 weeks, 1 month, 14 d.")
                                            .needed()))
                    .needed());

    static final Shape EVIDENCE = Shape.of(
            "The kinds of evidence",
            named(
                            "evidence",
                            "Kinds by name.",
                            Shape.of(
                                    "A kind of evidence",
                                    text("title", "What people read.").needed(),
                                    text("clause", "The clause that asks for it.")
                                            .needed(),
                                    choice(
                                                    "about",
                                                    "change: of one commit; moment: of a stretch of time.",
                                                    List.of("change", "moment"))
                                            .needed(),
                                    text("since", "The transition from which on it counts."),
                                    text(
                                            "counts_for",
                                            "The parameter that says how old it may be; without it, any age."),
                                    words("passes", "Words of a verdict that count as passed; the first is shown.")
                                            .needed(),
                                    words("fails", "Words of a verdict that count as failed.")
                                            .needed(),
                                    words("roles", "Who may attest it.").needed()))
                    .needed());

    static final Shape GATE = Shape.of(
            "A gate",
            text("title", "What the signal is called.").needed(),
            text("clause", "The clause it holds.").needed(),
            choice("mode", "observe: counted; warn: shown; enforce (usual): holds.", MODES),
            choice("kind", "What a refusal by `rule` is called; missing is usual.", REASON_KINDS),
            text("evidence", "Asks for passed evidence of this kind."),
            words("other_than", "CEL texts, or lists of texts: the people whose own evidence does not count."),
            text("same_build_as", "The other evidence whose build must be the same."),
            text("field", "Asks for this field."),
            text("act", "Asks for this act."),
            words("by_roles", "The roles that must have done the act, as different people."),
            text("when", "CEL: asked only when true."),
            text("rule", "CEL: clear when true."),
            text("says", "What is missing; {names} are filled in.").needed(),
            text("fix", "What to do; {names} are filled in.").needed(),
            words("overridable_by", "Roles that may approve an exception from it; the type's are usual."));

    static final Shape TRANSITION = Shape.of(
            "A transition or an act",
            text("title", "What the button says.").needed(),
            words("from", "The states it leads from.").needed(),
            text("to", "The state it leads to."),
            flag("act", "True for an act, which leaves the state as it is."),
            words("roles", "Who may; empty means anybody who sees the item."),
            words("asks", "The fields its form offers, and `assignee`."),
            words("voids", "Evidence, acts and transitions that it makes void (rework)."),
            flag("back", "True for the ways back."),
            flag("restricts", "True when it restricts the item to those named."),
            text("credit", "What is said of who took it, such as fixed: they know the component from then on."),
            text("clause", "The clause it serves.").needed(),
            named("gates", "Gates by name.", GATE));

    private static final Shape TARGET = Shape.of(
            "A target",
            text("soft", "Warned when passed: a parameter, or 24 h."),
            text("hard", "Breached when passed: a parameter, or 48 h."),
            text("calendar", "Whose hours count: a calendar, or a parameter of that kind."),
            text("schedule", "Due at the next moment of this schedule, or of a parameter of that kind."));

    static final Shape CLOCK = Shape.of(
            "A clock",
            text("title", "What people read.").needed(),
            text("clause", "The clause it keeps.").needed(),
            words("by", "Fields whose value picks the target, the first that is set.")
                    .needed(),
            named("targets", "Targets by value of that field.", TARGET).needed(),
            words("start", "created, a transition, or state:NAME.").needed(),
            words("pause", "created, a transition, or state:NAME."),
            words("resume", "created, a transition, or state:NAME."),
            words("stop", "created, a transition, or state:NAME.").needed(),
            words("escalate_to", "Roles that are told."));

    static final Shape FIELD = Shape.of(
            "A field",
            text("title", "What people read.").needed(),
            choice("kind", "What it holds.", FIELD_KINDS).needed(),
            words("options", "The words of a choice."),
            text("help", "The hint under its label."),
            choice("means", "What the platform reads it as, whatever it is called here.", MEANINGS),
            flag("required", "True when a report must have it."),
            words("editors", "Who may set it; empty means whoever may edit the item."),
            flag("outside", "True when customers read it, and write it when they report."),
            words("restricts", "The options that restrict the item to those named."),
            flag("personal", "True for what is of a person: encrypted, shown on demand, gone when they are erased."),
            flag("secret", "True for passwords and the like: encrypted, shown on demand to its readers alone."),
            words("readers", "Roles that read what is personal or secret; a secret must name them."));

    static final Shape TYPE = Shape.of(
            "An item type",
            text("type", "Its name, that of the file.").needed(),
            text("title", "What one is called.").needed(),
            text("plural", "What several are called.").needed(),
            text("clause", "The clause it keeps records for.").needed(),
            text("initial", "The state a new one stands in.").needed(),
            words("line", "The states of the main way, in order.").needed(),
            words("ended", "States in which it is no longer open.").needed(),
            words("reporters", "Who may report one; empty means anybody signed in."),
            words("assignable", "Roles whose holders are offered as assignees; empty means everybody."),
            choice("icon", "Its symbol in the side bar; a sheet of paper is usual.", ICONS),
            words("overridable_by", "Who may approve an exception from its gates, where a gate does not say."),
            part(
                    "restricted",
                    "Items that only those named may see.",
                    Shape.of(
                            "Restriction",
                            words("by", "Who may restrict one, name readers, and open it again."),
                            words("readers", "Roles that read every restricted one."))),
            named("fields", "Fields by name.", FIELD),
            named(
                            "states",
                            "States by name.",
                            Shape.of(
                                    "A state",
                                    text("title", "What people read.").needed(),
                                    text("means", "What is true in it.").needed()))
                    .needed(),
            part(
                    "create",
                    "How one is begun.",
                    Shape.of(
                            "Creation",
                            text("title", "What its button says: Report a bug."),
                            named("gates", "Gates by name: what a new one must meet.", GATE))),
            named("transitions", "Transitions and acts by name.", TRANSITION).needed(),
            named("clocks", "Clocks by name.", CLOCK));

    /// By the file's name without `.yaml`; `type` for the files in `types/`.
    static final Map<String, Shape> FILES = Map.of(
            "pack", PACK,
            "clauses", CLAUSES,
            "roles", ROLES,
            "parameters", PARAMETERS,
            "calendars", CALENDARS,
            "schedules", SCHEDULES,
            "evidence", EVIDENCE,
            "type", TYPE);

    private Shapes() {}
}
