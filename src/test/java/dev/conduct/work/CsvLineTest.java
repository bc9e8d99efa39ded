package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvLineTest {

    @Test
    void what_a_spreadsheet_would_run_becomes_text() {
        assertThat(CsvLine.of(List.of("=cmd|' /C calc'!A0", "+1", "-1", "@x", "\tx")))
                .isEqualTo("'=cmd|' /C calc'!A0,'+1,'-1,'@x,'\tx\r\n");
    }

    @Test
    void commas_quotes_and_line_breaks_are_quoted() {
        assertThat(CsvLine.of(List.of("a,b", "say \"hi\"", "one\ntwo", "plain", "")))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"one\ntwo\",plain,\r\n");
    }
}
