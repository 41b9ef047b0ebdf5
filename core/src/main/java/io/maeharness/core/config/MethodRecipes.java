package io.maeharness.core.config;

import com.fasterxml.jackson.annotation.JsonValue;
import io.maeharness.core.discovery.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One recipe of each {@link MethodRecipe} that the class path has. */
public final class MethodRecipes {
    private static final Map<String, Class<? extends MethodRecipe>> KINDS = kinds();

    private final Map<Class<? extends MethodRecipe>, MethodRecipe> recipes = new LinkedHashMap<>();

    /** Takes recipes, each of another kind. */
    public MethodRecipes(List<? extends MethodRecipe> recipes) {
        recipes.forEach(recipe -> this.recipes.put(recipe.getClass(), recipe));
    }

    private static Map<String, Class<? extends MethodRecipe>> kinds() {
        Map<String, Class<? extends MethodRecipe>> kinds = new LinkedHashMap<>();
        Discovery.implementations(MethodRecipe.class, MethodRecipe.ENDING)
                .forEach(kind -> kinds.put(MethodRecipe.section(kind), kind));
        return kinds;
    }

    /** The kinds of recipes by the section of a profile that they read. */
    static Map<String, Class<? extends MethodRecipe>> sections() {
        return KINDS;
    }

    /** The recipe of a kind. */
    <R extends MethodRecipe> R of(Class<R> kind) {
        MethodRecipe recipe = recipes.get(kind);
        if (recipe == null) {
            throw new IllegalStateException("the profile was read without section " + MethodRecipe.section(kind));
        }
        return kind.cast(recipe);
    }

    /** All of them by section. */
    @JsonValue
    Map<String, MethodRecipe> bySection() {
        Map<String, MethodRecipe> sections = new LinkedHashMap<>();
        recipes.forEach((kind, recipe) -> sections.put(MethodRecipe.section(kind), recipe));
        return sections;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MethodRecipes recipesOf && recipesOf.recipes.equals(recipes);
    }

    @Override
    public int hashCode() {
        return recipes.hashCode();
    }

    @Override
    public String toString() {
        return recipes.values().toString();
    }
}
