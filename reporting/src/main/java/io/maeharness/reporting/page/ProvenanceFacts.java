package io.maeharness.reporting.page;

import io.maeharness.reporting.ReportRequest;
import io.maeharness.results.Provenance;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Sums up many provenance records: where, with what and how long the numbers were measured. */
public final class ProvenanceFacts {
    /** Commits and digests; the records hold them whole. */
    private static final Pattern HEXADECIMAL = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{8,}\\b");

    private ProvenanceFacts() {}

    /** One line for each aspect, with all values that occur; none without records. */
    public static List<ReportRequest.Fact> of(Collection<Provenance> records) {
        List<ReportRequest.Fact> facts = new ArrayList<>();
        if (records.isEmpty()) {
            return facts;
        }
        add(
                facts,
                "Processor",
                records,
                record -> record.host().processor() + ", " + record.host().processors() + " logical processors");
        add(facts, "Device", records, record -> record.engine().device());
        add(
                facts,
                "Engine",
                records,
                record -> record.engine().name() + " " + record.engine().version() + " through DJL "
                        + record.engine().djlVersion());
        add(facts, "Precision", records, record -> record.engine().precision());
        add(
                facts,
                "Java",
                records,
                record -> record.host().javaVersion() + ", " + record.host().javaVendor());
        add(facts, "System", records, record -> record.host().os());
        addGrouped(
                facts,
                "Code",
                records,
                record -> "version " + record.code().harnessVersion() + ", commit",
                record -> record.code().commitInWords());
        addGrouped(facts, "Data", records, record -> record.data().name() + ",", record -> record.data()
                .digest());
        facts.add(new ReportRequest.Fact("Measured", dates(records)));
        facts.add(new ReportRequest.Fact("Computing time", computingTime(records)));
        return facts;
    }

    private static void add(
            List<ReportRequest.Fact> facts,
            String key,
            Collection<Provenance> records,
            Function<Provenance, String> aspect) {
        String values = records.stream().map(aspect).distinct().sorted().collect(Collectors.joining("; "));
        facts.add(new ReportRequest.Fact(key, values));
    }

    /** An aspect of two parts: all second parts that occur with a first one stand behind it. */
    private static void addGrouped(
            List<ReportRequest.Fact> facts,
            String key,
            Collection<Provenance> records,
            Function<Provenance, String> first,
            Function<Provenance, String> second) {
        Map<String, Set<String>> groups = new TreeMap<>();
        records.forEach(record -> groups.computeIfAbsent(first.apply(record), f -> new TreeSet<>())
                .add(HEXADECIMAL.matcher(second.apply(record)).replaceAll("$1")));
        String values = groups.entrySet().stream()
                .map(group -> group.getKey() + " " + String.join(", ", group.getValue()))
                .collect(Collectors.joining("; "));
        facts.add(new ReportRequest.Fact(key, values));
    }

    private static String dates(Collection<Provenance> records) {
        TreeSet<LocalDate> days = new TreeSet<>();
        records.forEach(record -> days.add(LocalDate.ofInstant(record.cost().start(), ZoneOffset.UTC)));
        return days.size() == 1 ? days.first() + " (UTC)" : days.first() + " to " + days.last() + " (UTC)";
    }

    private static String computingTime(Collection<Provenance> records) {
        double seconds = records.stream()
                .mapToDouble(record -> record.cost().durationSeconds())
                .sum();
        String stages = records.size() == 1 ? "1 stage" : records.size() + " stages";
        return duration(seconds) + ", summed over " + stages;
    }

    /** Seconds in words: {@code 45 s}, {@code 12 min} or {@code 3.2 h}. */
    static String duration(double seconds) {
        if (seconds < 90) {
            return String.format(Locale.ROOT, "%.0f s", seconds);
        }
        return seconds < 5400
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
