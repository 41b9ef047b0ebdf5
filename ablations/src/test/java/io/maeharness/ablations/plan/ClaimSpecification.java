package io.maeharness.ablations.plan;

import io.maeharness.results.CellKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A claim as {@code claims.txt} specifies it.
 *
 * @param head id, family, primary or secondary, scale, variance
 * @param smallestZ smallest (L - m) / error on the paper's numbers, one decimal; empty for counted claims
 * @param parts its components
 */
record ClaimSpecification(String head, String smallestZ, List<Part> parts) {
    record Part(double holdsAbove, double contradictedBelow, double paper, Map<CellKey, Double> coefficients) {
        static Part of(String line) {
            String[] words = line.strip().split(" ", -1);
            Map<CellKey, Double> coefficients = new LinkedHashMap<>();
            for (int i = 3; i < words.length; i += 2) {
                String[] cell = words[i + 1].split("/", -1);
                coefficients.put(new CellKey(cell[0], cell[1], cell[2]), Double.parseDouble(words[i]));
            }
            return new Part(
                    Double.parseDouble(words[0]),
                    Double.parseDouble(words[1]),
                    Double.parseDouble(words[2]),
                    coefficients);
        }
    }

    String id() {
        return head.substring(0, head.indexOf(' '));
    }

    @Override
    public String toString() {
        return id();
    }

    static List<ClaimSpecification> all() {
        List<ClaimSpecification> all = new ArrayList<>();
        lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            if (line.startsWith(" ")) {
                all.get(all.size() - 1).parts().add(Part.of(line));
            } else {
                int z = line.lastIndexOf(' ');
                String smallest = line.substring(z + 1);
                all.add(new ClaimSpecification(
                        line.substring(0, z), smallest.equals("exact") ? "" : smallest, new ArrayList<>()));
            }
        });
        return all;
    }

    private static Stream<String> lines() {
        try (var reader = new BufferedReader(new InputStreamReader(
                ClaimSpecification.class.getResourceAsStream("claims.txt"), StandardCharsets.UTF_8))) {
            return reader.lines().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
