package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of RFC 6238, appendix B.
class TotpTest {

    private static final String DIGITS = "1234567890";

    @ParameterizedTest
    @CsvSource({
        "59, HmacSHA1, 20, 94287082",
        "59, HmacSHA256, 32, 46119246",
        "59, HmacSHA512, 64, 90693936",
        "1111111109, HmacSHA1, 20, 07081804",
        "1111111109, HmacSHA256, 32, 68084774",
        "1111111111, HmacSHA1, 20, 14050471",
        "1234567890, HmacSHA1, 20, 89005924",
        "2000000000, HmacSHA1, 20, 69279037",
        "20000000000, HmacSHA1, 20, 65353130"
    })
    void codes_are_those_of_the_standard(long second, String algorithm, int length, String code) {
        var key = DIGITS.repeat(7).substring(0, length).getBytes(StandardCharsets.US_ASCII);

        var totp = new Totp(key, algorithm, 8);

        assertThat(totp.at(Totp.counter(Instant.ofEpochSecond(second)))).isEqualTo(code);
    }
}
