package dev.conduct.demo;

import dev.conduct.clock.Alarms;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoInstallation;
import dev.conduct.identity.People;
import dev.conduct.work.Attachments;
import dev.conduct.work.Duties;
import dev.conduct.work.Items;
import dev.conduct.work.Overrides;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/// What `--demo` adds: a time that can be told, and the telling of the year when the installation is empty.
@Configuration
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoConfiguration {

    @Bean
    SimulatedTime time() {
        return new SimulatedTime();
    }

    @Bean
    ApplicationRunner demoHistory(
            DemoInstallation installation,
            Accounts accounts,
            People people,
            Products products,
            Items items,
            Overrides overrides,
            Duties duties,
            Attachments attachments,
            Alarms alarms,
            List<DemoChapter> chapters,
            Environment environment,
            SimulatedTime time) {
        return arguments -> {
            if (installation.empty()) {
                var doors = new Stage.Doors(items, overrides, duties, attachments);
                new DemoHistory(installation, accounts, people, products, doors, alarms, chapters, time).tell();
            }
            var port = environment.getProperty("local.server.port", Integer.class);
            if (port != null) {
                var scene = new Chapters(SimulatedTime.realNow(), people, new Agenda(), Map.of());
                chapters.forEach(chapter -> chapter.open(scene, port));
            }
        };
    }
}
