package dev.conduct.importer;

import dev.conduct.kernel.Problem;
import dev.conduct.work.HistoricItem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// The file formats that can be brought along.
public enum ImportFormat {
    JIRA("Jira issues, JSON of its REST interface"),
    BUGZILLA("Bugzilla bugs or histories, JSON of its REST interface"),
    GITHUB("GitHub issues, JSON of its REST interface"),
    CSV("A list of issues in CSV, with a mapping"),
    EVENTS_CSV("An event log in CSV, with a mapping"),
    XES("An event log in XES");

    private final String title;

    ImportFormat(String title) {
        this.title = title;
    }

    /// As people write it: `events-csv`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String title() {
        return title;
    }

    /// Whether its columns must be told apart by a mapping.
    boolean columns() {
        return switch (this) {
            case CSV, EVENTS_CSV -> true;
            case JIRA, BUGZILLA, GITHUB, XES -> false;
        };
    }

    /// How surely the format alone says which system its ids are of; a mapping with a `source` says more.
    HistoricItem.Named named() {
        return switch (this) {
            case JIRA, BUGZILLA, GITHUB -> HistoricItem.Named.BY_ITS_KIND;
            case CSV, EVENTS_CSV, XES -> HistoricItem.Named.BY_NOBODY;
        };
    }

    SourceReader reader() {
        return switch (this) {
            case JIRA -> new JiraReader();
            case BUGZILLA -> new BugzillaReader();
            case GITHUB -> new GithubReader();
            case CSV -> new CsvReader();
            case EVENTS_CSV -> new EventsCsvReader();
            case XES -> new XesReader();
        };
    }

    /// @throws Problem 400 naming the formats there are
    public static ImportFormat of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badInput(
                        "format",
                        "unknown_format",
                        "`" + word + "` is not one of "
                                + Arrays.stream(values())
                                        .map(ImportFormat::word)
                                        .collect(Collectors.joining(", "))
                                + "."));
    }
}
