package dev.conduct;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {

    @Test
    void modules_meet_only_where_they_may() {
        ApplicationModules.of(ConductApplication.class).verify();
    }
}
