// Traces for OpenTelemetry, by its own library, which is loaded only where an address for them is set.

import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import {
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { defaultResource, resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  type IdGenerator,
  RandomIdGenerator,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { Facts, Traces, Work } from "./jobs/traces.ts";

export interface OpenTelemetryOptions {
  /** The collector's address, as `OTEL_EXPORTER_OTLP_ENDPOINT` gives it; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly version: string;
  readonly role: string;
}

export interface OpenTelemetry {
  readonly traces: Traces;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/** A collector that does not answer keeps nobody from ending. */
const longestStopMs = 3000;

export function startOpenTelemetry({
  endpoint,
  version,
  role,
}: OpenTelemetryOptions): OpenTelemetry {
  const ids = new DeliveryIds();
  const provider = new TracerProvider({
    resource: defaultResource().merge(
      resourceFromAttributes({
        "service.name": process.env.OTEL_SERVICE_NAME ?? "pyward",
        "service.version": version,
        "pyward.role": role,
      }),
    ),
    idGenerator: ids,
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/u, "")}/v1/traces` }),
      }),
    ],
  });
  const tracer = provider.getTracer("pyward", version);
  const underWay = new AsyncLocalStorage<Span>();

  function begin({ name, kind, deliveries = [], facts = {} }: Work): Span {
    const [first, ...others] = deliveries.map(contextOf);
    const options = {
      kind: kind === undefined ? SpanKind.INTERNAL : kinds[kind],
      attributes: { ...attributes(facts), ...(first && { "pyward.delivery": deliveries[0] }) },
      links: others.map((context) => ({ context })),
    };
    if (first !== undefined && kind === "in") {
      ids.next = first;
      try {
        return tracer.startSpan(name, options, ROOT_CONTEXT);
      } finally {
        ids.next = undefined;
      }
    }
    const around = underWay.getStore();
    if (first !== undefined) {
      return tracer.startSpan(name, options, trace.setSpanContext(ROOT_CONTEXT, first));
    }
    const context = around === undefined ? ROOT_CONTEXT : trace.setSpan(ROOT_CONTEXT, around);
    return tracer.startSpan(name, options, context);
  }

  return {
    traces: {
      async span(work, act) {
        const span = begin(work);
        try {
          return await underWay.run(span, act);
        } catch (error) {
          // What an error says may repeat what was sent.
          const type = error instanceof Error ? error.name : typeof error;
          span.setStatus({ code: SpanStatusCode.ERROR, message: type });
          throw error;
        } finally {
          span.end();
        }
      },
      note(facts) {
        underWay.getStore()?.setAttributes(attributes(facts));
      },
    },
    stop: () =>
      Promise.race([provider.shutdown(), delay(longestStopMs, undefined, { ref: false })]),
  };
}

const kinds = { in: SpanKind.SERVER, out: SpanKind.CLIENT, job: SpanKind.CONSUMER } as const;

function attributes(facts: Facts): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Every process finds the same, so that nothing has to be stored to tell that it belongs together. */
function contextOf(delivery: string): SpanContext {
  const hash = createHash("sha256").update(delivery).digest("hex");
  return {
    traceId: hash.slice(0, 32),
    spanId: hash.slice(32, 48),
    traceFlags: TraceFlags.SAMPLED,
    isRemote: true,
  };
}

/** Random ids, but for the span that was told which one it is. */
class DeliveryIds implements IdGenerator {
  /** Of the span that begins next. */
  next: SpanContext | undefined;
  readonly #random = new RandomIdGenerator();

  generateTraceId(): string {
    return this.next?.traceId ?? this.#random.generateTraceId();
  }

  generateSpanId(): string {
    return this.next?.spanId ?? this.#random.generateSpanId();
  }
}
