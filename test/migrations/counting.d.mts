import type { Migration } from "../../src/mongo/migrations/migration.js";

export declare const counting: (id: string, onStep?: (position: string | undefined) => unknown) => Migration;
