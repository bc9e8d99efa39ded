package dev.conduct.admin;

import dev.conduct.shell.ScheduledWork;
import dev.conduct.shell.SystemReading;
import dev.conduct.shell.View;
import java.util.List;

/// How the installation is, and what it does by itself.
record SystemPage(List<Group> groups, List<ScheduledWork.Work> work) implements View {

    record Group(String name, List<SystemReading.Reading> readings) {}

    long troubles() {
        return groups.stream()
                        .flatMap(group -> group.readings().stream())
                        .filter(reading -> "stop".equals(reading.tone()))
                        .count()
                + work.stream().filter(one -> one.trouble() != null).count();
    }

    @Override
    public String template() {
        return "admin/system.jte";
    }

    @Override
    public String title() {
        return "System";
    }
}
