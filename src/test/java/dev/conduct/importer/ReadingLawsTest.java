package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What holds for any file.
class ReadingLawsTest {

    @Property(tries = 200)
    void text_is_read_as_it_was_written(@ForAll String text) throws IOException {
        var valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(decoded(valid.getBytes(StandardCharsets.UTF_8))).isEqualTo(valid);
    }

    @Property(tries = 300)
    void no_byte_is_lost_or_replaced_whatever_the_bytes(@ForAll byte[] bytes) throws IOException {
        var back = new ByteArrayOutputStream();
        var text = decoded(bytes);
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            var paired = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            if (FaithfulReader.marksInvalidByte(unit) && !paired) {
                back.write(unit - 0xDC00);
            } else {
                var character = Character.isHighSurrogate(unit) ? text.substring(i, ++i + 1) : String.valueOf(unit);
                back.writeBytes(character.getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(back.toByteArray()).isEqualTo(bytes);
    }

    @Property(tries = 50)
    void a_case_is_the_same_in_whatever_order_its_events_stand(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int events) throws IOException {
        var rows = new ArrayList<String>();
        for (var i = 0; i < events; i++) {
            rows.add("C-%d,%s,2026-02-%02dT08:%02d:00Z,p%d"
                    .formatted(i % 3, i % 2 == 0 ? "New" : "Work", 1 + i / 2 % 28, i, i % 5));
        }
        var shuffled = new ArrayList<>(rows);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(told(shuffled)).containsExactlyInAnyOrderElementsOf(told(rows));
    }

    private static List<String> told(List<String> rows) throws IOException {
        var file = Files.createTempFile("events", ".csv");
        try {
            Files.writeString(file, "case,activity,when,who\n" + String.join("\n", rows) + "\n");
            var mapping = MappingReader.read(
                    ImportFormat.EVENTS_CSV,
                    List.of(new Imports.Overlay(
                            "m", "columns: {id: case, state: activity, time: when, author: who}\n")));
            var read = new Corpus.Read(new ArrayList<>(), new TreeMap<>());
            ImportFormat.EVENTS_CSV.reader().read(new SourceFile(file), mapping, read);
            return read.issues().stream()
                    .map(issue -> issue.id() + issue.created() + issue.changes())
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    private static String decoded(byte[] bytes) throws IOException {
        try (var reader = new FaithfulReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            return reader.readAllAsString();
        }
    }
}
