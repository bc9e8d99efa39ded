package dev.conduct;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.conduct.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// There is no second way to write: where statements that change items or record events may stand.
@AnalyzeClasses(packages = "dev.conduct", importOptions = ImportOption.DoNotIncludeTests.class)
class OneDoorTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String WRITES = "(insert\\s+into|update|delete\\s+from|truncate|merge\\s+into|copy)\\s+";

    /// Sources in which a statement writes to a table whose name matches.
    private static Set<String> writersOf(String tables) throws IOException {
        var statement = Pattern.compile("(?i)" + WRITES + tables);
        var writers = new TreeSet<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                if (statement.matcher(Files.readString(file)).find()) {
                    writers.add(SOURCES.resolve("dev/conduct").relativize(file).toString());
                }
            }
        }
        return writers;
    }

    /// Products and components are written by `Products`, what people keep for themselves by `SavedViews`, which file
    /// lies under which key by `ContentFiles`, and by which code a personal value is found, and up to which event
    /// it was looked at, by `KeptCodes`.
    @Test
    void items_and_what_belongs_to_them_are_written_by_projections_only() throws IOException {
        assertThat(writersOf("work\\.item(_words)?\\b"))
                .containsExactly(
                        "work/ComponentProjection.java",
                        "work/ItemWrites.java",
                        "work/Projection.java",
                        "work/RemarkProjection.java");
        assertThat(
                        writersOf(
                                "work\\.(?!product\\b|component\\b|saved_view\\b|first_view\\b|content\\b|kept_code\\b|kept_seen\\b)\\w+"))
                .contains("work/ItemWrites.java", "work/Projection.java")
                .allMatch(writer -> writer.matches("work/(\\w*Projection|ItemWrites)\\.java"));
    }

    @Test
    void only_the_ledger_writes_to_the_ledger() throws IOException {
        assertThat(writersOf("ledger\\.")).isNotEmpty().allMatch(writer -> writer.startsWith("ledger/"));
    }

    @Test
    void only_work_makes_events_of_items() throws IOException {
        var makers = Pattern.compile("new NewEvent\\(");
        try (var files = Files.walk(SOURCES)) {
            assertThat(files.filter(path -> path.toString().endsWith(".java")
                                    && !path.toString().contains("/work/"))
                            .map(OneDoorTest::text)
                            .filter(text -> makers.matcher(text).find()))
                    .isNotEmpty()
                    .noneMatch(text -> text.contains("\"item:"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Through the door or, for what is no item, in the transaction of its own module.
    @ArchTest
    static final ArchRule within_work_only_the_door_records_what_happens_to_items = noClasses()
            .that()
            .resideInAPackage("dev.conduct.work")
            .and()
            .doNotHaveSimpleName("Door")
            .and()
            .doNotHaveSimpleName("Products")
            .and()
            .doNotHaveSimpleName("Projections")
            .should()
            .callMethod(Ledger.class, "append", dev.conduct.ledger.NewEvent.class)
            .orShould()
            .callMethod(Ledger.class, "appendAll", List.class)
            .orShould()
            .callMethod(Ledger.class, "appendAlone", dev.conduct.ledger.NewEvent.class);

    @ArchTest
    static final ArchRule who_has_nothing_of_its_own_to_record_records_nothing = noClasses()
            .that()
            .resideInAnyPackage("dev.conduct.clock", "dev.conduct.cli", "dev.conduct.shell", "dev.conduct.demo")
            .should()
            .callMethod(Ledger.class, "append", dev.conduct.ledger.NewEvent.class)
            .orShould()
            .callMethod(Ledger.class, "appendAll", List.class)
            .orShould()
            .callMethod(Ledger.class, "appendAlone", dev.conduct.ledger.NewEvent.class);
}
