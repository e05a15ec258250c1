import { defineRule } from "#rule";

export default defineRule({ *check() {} });
