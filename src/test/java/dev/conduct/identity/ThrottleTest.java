package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@ConductTest
class ThrottleTest {

    private final Throttle throttle;
    private final TestClock clock;
    private final String office = "198.51.100." + UUID.randomUUID();

    ThrottleTest(Throttle throttle, TestClock clock) {
        this.throttle = throttle;
        this.clock = clock;
    }

    @Test
    void an_office_behind_one_address_is_not_paused_by_its_good_sign_ins() {
        for (var person = 0; person < 250; person++) {
            throttle.count("person" + person, office);
            throttle.forget("person" + person, office);
        }
        assertThatCode(() -> throttle.count("another", office)).doesNotThrowAnyException();
    }

    @Test
    void a_hundred_wrong_tries_from_one_address_within_a_quarter_of_an_hour_pause_it_and_no_other() {
        for (var guess = 0; guess < 100; guess++) {
            throttle.count("guessed" + guess, office);
        }
        assertThatThrownBy(() -> throttle.count("one more", office))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(429));
        assertThatCode(() -> throttle.count("one more", office + "2")).doesNotThrowAnyException();

        clock.advance(Duration.ofMinutes(16));
        assertThatCode(() -> throttle.count("one more", office)).doesNotThrowAnyException();
    }

    @Test
    void wrong_tries_of_an_address_are_forgotten_after_their_window() {
        for (var guess = 0; guess < 99; guess++) {
            throttle.count("slow" + guess, office);
        }
        clock.advance(Duration.ofMinutes(16));
        for (var guess = 0; guess < 99; guess++) {
            throttle.count("slower" + guess, office);
        }
        assertThatCode(() -> throttle.count("a person", office)).doesNotThrowAnyException();
    }
}
