import { createClients, type Clients } from "../../status/clients";

/** What AWS answers, by the permission that the question takes; a function gets the question. */
export type Answers = Record<string, object | ((input: never) => object)>;

// The SDK would say on stderr which Node its later versions will need.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

const SERVICES: Record<string, string> = {
  AutoScalingClient: "autoscaling",
  CloudWatchClient: "cloudwatch",
  EC2Client: "ec2",
  EventBridgeClient: "events",
  SchedulerClient: "scheduler",
  SNSClient: "sns",
  SQSClient: "sqs",
  SSMClient: "ssm",
};

/** Clients that ask nobody: a middleware gives the answers, and notes what was asked. What has no answer fails. */
export function stubClients(answers: Answers): { clients: Clients; asked: Set<string> } {
  const clients = createClients("ap-northeast-1");
  const asked = new Set<string>();
  for (const { middlewareStack } of Object.values(clients) as Clients[keyof Clients][])
    // All have this one in common, whatever the types of their commands are.
    (middlewareStack as Stack).add(
      (_, { clientName, commandName }) =>
        ({ input }) => {
          const permission = `${SERVICES[clientName]}:${commandName.replace(/Command$/, "")}`;
          asked.add(permission);
          const answer = answers[permission] ?? failure("NotStubbed", permission);
          const output = typeof answer === "function" ? answer(input) : answer;
          return output instanceof Error ? Promise.reject(output) : Promise.resolve({ output, response: {} });
        },
      { step: "initialize", priority: "low" },
    );
  return { clients, asked };
}

interface Stack {
  add(
    middleware: (
      next: unknown,
      context: { clientName: string; commandName: string },
    ) => (args: { input: never }) => Promise<{ output: object; response: object }>,
    options: { step: "initialize"; priority: "low" },
  ): void;
}

/** An error as the SDK has it. */
export function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
