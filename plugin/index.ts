// What `pulumi package add` reads, so that programs in Python, Go, .NET, Java and YAML can use the component.
export { AmiRefresh } from "ami-refresh-library/source";
