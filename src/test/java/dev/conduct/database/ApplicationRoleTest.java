package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class ApplicationRoleTest {

    private final JdbcClient jdbc;
    private final InstantSource time;

    ApplicationRoleTest(JdbcClient jdbc, InstantSource time) {
        this.jdbc = jdbc;
        this.time = time;
    }

    @Test
    void the_server_works_as_a_role_that_owns_nothing() {
        var owned = jdbc.sql("select count(*) from pg_class where relowner = current_user::regrole")
                .query(Long.class)
                .single();
        var powers = jdbc.sql("""
                        select rolsuper or rolcreatedb or rolcreaterole or rolbypassrls
                          from pg_roles where rolname = current_user
                        """).query(Boolean.class).single();

        assertThat(owned).isZero();
        assertThat(powers).isFalse();
    }

    @Test
    void the_server_cannot_make_tables() {
        assertThatThrownBy(() -> jdbc.sql("create table public.mine (id int)").update())
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_statement_that_takes_too_long_is_ended() {
        var limit = jdbc.sql("show statement_timeout").query(String.class).single();

        assertThat(limit).isEqualTo("5s");
    }

    @Test
    void what_an_error_says_repeats_nothing_of_the_row() {
        assertThatThrownBy(() -> jdbc.sql("""
                        insert into identity.actor (id, kind, name, active, created_at)
                        values (gen_random_uuid(), 'Ruth Quetzal', 'x', true, now())
                        """).update())
                .rootCause()
                .hasMessageContaining("violates check constraint")
                .hasMessageNotContaining("Quetzal");
    }

    @Test
    void tests_set_the_time() {
        assertThat(time).isInstanceOf(TestClock.class);
    }
}
