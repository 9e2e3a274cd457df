<%-- shop --%>
<%@ Application Codebehind="Global.asax.cs" 