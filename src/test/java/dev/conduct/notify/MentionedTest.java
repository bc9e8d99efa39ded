package dev.conduct.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People.Person;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MentionedTest {

    private static final List<Person> PEOPLE = List.of(
            person("1", "Mira Solvang"),
            person("2", "Mira Solvang-Berg"),
            person("3", "Tom Okafor"),
            person("4", "Lea Brandt"),
            person("5", "Lea Brandt"));

    private static Person person(String id, String name) {
        return new Person(id, name, "XX", null, Set.of(), true);
    }

    @Test
    void the_longest_whole_name_or_a_first_name_nobody_shares_is_a_mention() {
        assertThat(Mentioned.in("@Mira Solvang-Berg, look", PEOPLE)).containsExactly("2");
        assertThat(Mentioned.in("(@mira solvang) look", PEOPLE)).containsExactly("1");
        assertThat(Mentioned.in("@Tom: and @Tom Okafor", PEOPLE)).containsExactly("3");
    }

    @Test
    void what_could_be_two_people_or_is_an_address_is_none() {
        assertThat(Mentioned.in("@Mira and @Lea Brandt and @Tomas", PEOPLE)).isEmpty();
        assertThat(Mentioned.in("write to support@Tom or @ Tom or @", PEOPLE)).isEmpty();
    }
}
