package io.maeharness.reporting.page;

import io.maeharness.reporting.ReportRequest;
import io.maeharness.results.Provenance;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sums up many provenance records: where, with what and how long the numbers were measured. */
public final class ProvenanceFacts {

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
        add(facts, "Code", records, ProvenanceFacts::code);
        add(
                facts,
                "Data",
                records,
                record -> record.data().name() + ", " + record.data().digest());
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

    private static String code(Provenance provenance) {
        Provenance.Code code = provenance.code();
        return "version " + code.harnessVersion() + ", commit " + code.commitInWords();
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
