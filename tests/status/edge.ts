import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A run of a runbook, as Systems Manager has it. Moto has none. */
export interface FakeRun {
  readonly id: string;
  readonly documentName: string;
  readonly status: string;
  readonly startedAt: Date;
  readonly outputs?: Record<string, string[]>;
  readonly steps?: { StepName: string; StepStatus: string; FailureMessage?: string }[];
}

/** What stands between the SDK and moto: it answers what moto lacks, and hands on the rest. */
export interface Edge {
  readonly endpoint: string;
  readonly runs: FakeRun[];
  /** Addresses whose subscription is not confirmed. With moto each is at once. */
  readonly pending: Set<string>;
  /** Permissions that the caller does not have. */
  readonly denied: Set<string>;
  /** What was asked, as permissions. */
  readonly asked: Set<string>;
  close(): void;
}

export async function openEdge(moto: string): Promise<Edge> {
  const state = {
    runs: [] as FakeRun[],
    pending: new Set<string>(),
    denied: new Set<string>(),
    asked: new Set<string>(),
  };
  const server = http.createServer((request, response) => {
    answer(moto, state, request).then(
      ({ status, type, body }) => response.writeHead(status, { "content-type": type }).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { endpoint: `http://127.0.0.1:${port}`, ...state, close };
}

interface Answer {
  status: number;
  type: string;
  body: string | Buffer;
}

const JSON_TYPE = "application/x-amz-json-1.1";

async function answer(
  moto: string,
  { runs, pending, denied, asked }: Pick<Edge, "runs" | "pending" | "denied" | "asked">,
  request: http.IncomingMessage,
): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const permission = permissionOf(request, body);
  asked.add(permission);
  const json = (value: unknown, status = 200) => ({ status, type: JSON_TYPE, body: JSON.stringify(value) });
  if (denied.has(permission))
    return json(
      { __type: "AccessDeniedException", message: `User is not authorized to perform: ${permission}` },
      400,
    );
  if (permission === "ssm:DescribeAutomationExecutions") {
    const { Filters: filters } = JSON.parse(body.toString()) as { Filters: { Values: string[] }[] };
    const found = runs.filter(({ documentName }) => documentName.startsWith(filters[0].Values[0]));
    return json({ AutomationExecutionMetadataList: found.map(describe) });
  }
  if (permission === "ssm:GetAutomationExecution") {
    const { AutomationExecutionId: id } = JSON.parse(body.toString()) as { AutomationExecutionId: string };
    const run = runs.find((one) => one.id === id);
    return run === undefined
      ? json({ __type: "AutomationExecutionNotFoundException", message: id }, 400)
      : json({ AutomationExecution: { ...describe(run), StepExecutions: run.steps ?? [] } });
  }
  // These belong to the connection.
  const own = ["host", "connection", "content-length"];
  const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
    own.includes(name) ? [] : [[name, String(value)]],
  );
  const passed = await fetch(`${moto}${request.url}`, {
    method: request.method,
    headers,
    body: body.length === 0 ? undefined : body,
  });
  const answered = Buffer.from(await passed.arrayBuffer());
  return {
    status: passed.status,
    type: passed.headers.get("content-type") ?? "",
    body: permission === "sns:ListSubscriptionsByTopic" ? unconfirm(answered.toString(), pending) : answered,
  };
}

/** Systems Manager writes times as seconds. */
function describe({ id, documentName, status, startedAt, outputs = {} }: FakeRun) {
  return {
    AutomationExecutionId: id,
    DocumentName: documentName,
    AutomationExecutionStatus: status,
    ExecutionStartTime: startedAt.getTime() / 1000,
    Outputs: outputs,
  };
}

function unconfirm(xml: string, pending: ReadonlySet<string>): string {
  return xml.replace(/<member>.*?<\/member>/gs, (member) => {
    const [, address] = /<Endpoint>(.*?)<\/Endpoint>/.exec(member) ?? [];
    return pending.has(address)
      ? member.replace(/<SubscriptionArn>.*?</, "<SubscriptionArn>PendingConfirmation<")
      : member;
  });
}

/** The service as the signature names it, the operation as the protocol does. */
function permissionOf({ headers, url }: http.IncomingMessage, body: Buffer): string {
  const [, service = ""] = /Credential=\w+\/\d+\/[\w-]+\/(\w+)\//.exec(headers.authorization ?? "") ?? [];
  const target = String(headers["x-amz-target"] ?? "");
  const operation =
    /\.(\w+)$/.exec(target)?.[1] ??
    /\/operation\/(\w+)$/.exec(url ?? "")?.[1] ??
    // Scheduler's protocol has no name of the operation, and here it is only read.
    (service === "scheduler" ? "GetSchedule" : undefined) ??
    new URLSearchParams(body.toString()).get("Action");
  return `${service === "monitoring" ? "cloudwatch" : service}:${operation}`;
}
